// Walk: words that say that somebody may be in danger bring help at once, an adult is told, and notes what came of it.
import { Chat, newName, openALesson, signIn } from '../people.ts';
import { accessible, expect, test } from '../walk.ts';

test('help comes at once, and whoever is told notes what came of it', async ({ page, browser }) => {
  const name = newName('Jonas');
  await openALesson(page, name);
  const chat = new Chat(page);
  await chat.alive();
  await chat.ask('I cannot do this any more and I want to die');
  await expect(chat.answer()).toContainText('You are not alone');
  await expect(chat.log.getByRole('button', { name: /This (helped|did not help)|Edit the question/ })).toHaveCount(0);
  await accessible(page);

  const context = await browser.newContext();
  const amira = await context.newPage();
  await signIn(amira);
  await expect(async () => {
    await amira.goto('/teach');
    await expect(amira.getByText('Somebody may need you.')).toBeVisible({ timeout: 1_000 });
  }).toPass();
  await accessible(amira);
  await amira.getByRole('link', { name: /about (a )?students? waits? for you/ }).click();
  const row = amira.locator('.card', { hasText: name });
  await expect(row).toContainText('Hurting oneself');
  await expect(row).toContainText('Look now');
  await expect(amira.getByRole('main')).not.toContainText('want to die');
  await accessible(amira);
  await row.getByRole('button', { name: /We talked/ }).click();
  await expect(amira.getByRole('row', { name: new RegExp(name) })).toContainText('We talked');
  await amira.getByRole('button', { name: 'Undo' }).click();
  await expect(row).toContainText('Look now');
  await row.getByRole('button', { name: /We talked/ }).click();
  await amira.getByRole('row', { name: new RegExp(name) }).getByRole('button', { name: /Open again/ }).click();
  await expect(row).toContainText('Look now');
  await accessible(amira);
  await context.close();
});

test('a plain sentence is heard, and help is read from its first line', async ({ page }) => {
  await page.setViewportSize({ width: 1280, height: 900 });
  await openALesson(page, newName('Lena'));
  expect(await page.title()).not.toContain('<');
  const chat = new Chat(page);
  await chat.alive();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect(chat.question).toBeFocused();
  await chat.ask('my dad hit me yesterday');
  await expect(chat.answer()).toContainText('You are not alone');
  const [log, answer] = [await chat.log.boundingBox(), await chat.answer().boundingBox()];
  expect(answer!.y, 'the first line is in view').toBeGreaterThanOrEqual(log!.y);
});
