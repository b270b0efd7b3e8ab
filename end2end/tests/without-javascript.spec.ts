// Walk 3 without JavaScript: the same question as a plain form, and a page that refreshes until the answer is there.
import { newName, openALesson } from '../people.ts';
import { accessible, expect, test } from '../walk.ts';

test.use({ javaScriptEnabled: false });

test('jonas asks with a plain form and reads the answer', async ({ page }) => {
  const lesson = await openALesson(page, newName('Jonas'));
  await page.getByLabel('Your question').fill('What is a cipher?');
  await page.getByTestId('lesson-chat').getByRole('button', { name: 'Ask' }).click();
  await expect(page).toHaveURL(/\/helper\/turns\//);
  await expect(page.getByRole('main')).toContainText('What is a cipher?');
  // The page loads itself again until nothing more will come.
  await expect(page.locator('meta[http-equiv="refresh"]')).toHaveCount(0, { timeout: 60_000 });
  await expect(page.getByRole('main')).toContainText(/\w{3,}/);
  await page.locator(`main a[href="${lesson}"]`).first().click();
  await expect(page).toHaveURL(new RegExp(lesson));
});

test('jonas ends a plain turn with its Stop button', async ({ page }) => {
  await openALesson(page, newName('Jonas'));
  await page.getByLabel('Your question').fill('Tell me a very long story about a secret message.');
  await page.getByTestId('lesson-chat').getByRole('button', { name: 'Ask' }).click();
  await page.getByRole('button', { name: 'Stop' }).click();
  await expect(page.locator('meta[http-equiv="refresh"]')).toHaveCount(0, { timeout: 5_000 });
});
