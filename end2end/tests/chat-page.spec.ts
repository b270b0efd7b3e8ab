// Walk: thumbs and copying under an answer, and the chat on a page of its own, which only its student's session opens.
import { Chat, newName, openALesson, signIn } from '../people.ts';
import { accessible, expect, test } from '../walk.ts';

test('a thumb is pressed, kept over a reload, and taken back', async ({ page }) => {
  await openALesson(page, newName('Lena'));
  const chat = new Chat(page);
  await chat.alive();
  await chat.ask('What is a key?');
  await chat.answered();
  const helped = chat.log.getByRole('button', { name: 'This helped' });
  await expect(helped).toHaveAttribute('aria-pressed', 'false');
  await helped.click();
  await expect(helped).toHaveAttribute('aria-pressed', 'true');
  await accessible(page);
  await page.reload();
  await chat.alive();
  await expect(helped).toHaveAttribute('aria-pressed', 'true');
  await chat.log.getByRole('button', { name: 'This did not help' }).click();
  await expect(helped).toHaveAttribute('aria-pressed', 'false');
  await expect(chat.log.locator('[aria-pressed=true]')).toHaveText('This did not help');
  await chat.log.locator('[aria-pressed=true]').click();
  await expect(chat.log.locator('[aria-pressed=true]')).toHaveCount(0);
});

test('a whole answer is copied as it is read', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await openALesson(page, newName('Lena'));
  const chat = new Chat(page);
  await chat.alive();
  await chat.ask('What is a key?');
  await chat.answered();
  await chat.log.getByText('More', { exact: true }).click();
  await chat.log.getByRole('button', { name: 'Copy', exact: true }).click();
  await expect(chat.log.getByRole('button', { name: 'Copied' })).toBeVisible();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  const shown = (await chat.answer().innerText()).replaceAll('Copy code', '');
  expect(copied.replace(/\s+/g, ' ').trim()).toBe(shown.replace(/\s+/g, ' ').trim());
  await expect(chat.log.getByRole('button', { name: 'Copy', exact: true })).toBeVisible();
});

test('the chat opens on its own page, stays over a reload, and goes with the session', async ({ page, context }) => {
  const path = await openALesson(page, newName('Lena'));
  const chat = new Chat(page);
  await chat.alive();
  await chat.ask('What is a key?');
  await chat.answered();
  const answer = (await chat.answer().innerText()).trim();
  await page.getByRole('button', { name: 'Open the chat on its own page' }).click();
  await expect(page).toHaveURL(/\/helper\/$/);
  for (const width of [1280, 390]) {
    await page.setViewportSize({ width, height: 844 });
    await page.reload();
    await chat.alive();
    await expect(chat.answer()).toHaveText(answer, { useInnerText: true });
    expect(await page.evaluate(() => document.documentElement.scrollWidth), 'nothing is wider').toBeLessThanOrEqual(width);
    await accessible(page);
  }
  await chat.ask('How do I begin with the first task?');
  await chat.answered();
  await page.getByRole('link', { name: 'Back to the lesson' }).click();
  await expect(page).toHaveURL(new RegExp(`${path}$`));
  await chat.alive();
  await expect(chat.log.locator('.turn')).toHaveCount(2);

  // Somebody else at the same computer.
  await context.clearCookies({ name: /student$/ });
  await page.goto('/helper/');
  await expect(page.getByText('The helper belongs to a lesson.')).toBeVisible();
  await expect(page.getByText('What is a key?')).toHaveCount(0);
  await accessible(page);
});

test('a teacher sees how often answers helped, and no word of them', async ({ page, browser }) => {
  await openALesson(page, newName('Jonas'));
  const chat = new Chat(page);
  await chat.alive();
  await chat.ask('What is a key?');
  await chat.answered();
  const rated = page.waitForResponse((response) => response.url().includes('/rating?'));
  await chat.log.getByRole('button', { name: 'This helped' }).click();
  expect((await rated).status()).toBe(204);
  const context = await browser.newContext();
  const amira = await context.newPage();
  await signIn(amira);
  await amira.locator('main a[href^="/teach/classes/0"]').first().click();
  await expect(async () => {
    await amira.goto(`${new URL(amira.url()).pathname.split('/').slice(0, 4).join('/')}/helper`);
    await expect(amira.getByRole('columnheader', { name: 'Helped' })).toBeVisible({ timeout: 1_000 });
    await expect(amira.getByRole('cell', { name: /^[1-9]\d* yes, \d+ no$/ }).first()).toBeVisible({ timeout: 1_000 });
  }).toPass();
  await expect(amira.getByRole('main')).not.toContainText('What is a key?');
  await accessible(amira);
  await context.close();
});
