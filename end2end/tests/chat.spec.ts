// Walk 3: the chat hydrates, streams, survives a reload, and stops.
import { Chat, newName, openALesson } from '../people.ts';
import { accessible, expect, test } from '../walk.ts';

const LONG = 'Please tell me a very long story about a secret message, with as many details as you can.';

test('lena’s question streams back piece by piece', async ({ page }) => {
  await openALesson(page, newName('Lena'));
  const chat = new Chat(page);
  await chat.alive();
  await chat.ask(LONG);
  await expect(chat.log).toContainText(LONG);
  await chat.streaming();
  const early = (await chat.answer().innerText()).length;
  await expect(async () => expect((await chat.answer().innerText()).length).toBeGreaterThan(early)).toPass();
  await accessible(page);
  await chat.answered();
  await accessible(page);
});

test('a reload in mid-answer goes on with the same answer', async ({ page }) => {
  await openALesson(page, newName('Lena'));
  const chat = new Chat(page);
  await chat.alive();
  await chat.ask(LONG);
  await chat.streaming();
  const beginning = (await chat.answer().innerText()).trim().slice(0, 20);
  await page.reload();
  await chat.alive();
  await expect(chat.log).toContainText(LONG);
  await expect(chat.answer()).toContainText(beginning);
  await chat.answered();
  const whole = (await chat.answer().innerText()).replace(/\s+/g, ' ');
  await page.reload();
  await chat.alive();
  await expect(chat.answer()).not.toBeEmpty();
  expect((await chat.answer().innerText()).replace(/\s+/g, ' ')).toBe(whole);
});

test('Stop ends the answer in every tab, and the chat takes the next question', async ({ page, context }) => {
  const path = await openALesson(page, newName('Lena'));
  const chat = new Chat(page);
  await chat.alive();
  await chat.ask(LONG);
  await chat.streaming();
  const otherTab = await context.newPage();
  await otherTab.goto(path);
  const other = new Chat(otherTab);
  await other.alive();
  await expect(other.stop).toBeVisible();
  await other.stop.click();
  await expect(chat.stop).toBeHidden({ timeout: 3_000 });
  await expect(other.stop).toBeHidden({ timeout: 3_000 });
  await expect(chat.log).toContainText('Stopped.');
  await chat.ask('What is a key?');
  await chat.answered();
});

test('what was typed but not sent is there after a reload', async ({ page }) => {
  await openALesson(page, newName('Lena'));
  const chat = new Chat(page);
  await chat.alive();
  await chat.question.fill('Half a quest');
  await page.reload();
  await chat.alive();
  await expect(chat.question).toHaveValue('Half a quest');
});

test('an answer leads on, and a conversation can be deleted for good', async ({ page }) => {
  const path = await openALesson(page, newName('Lena'));
  const chat = new Chat(page);
  await chat.alive();
  await chat.ask('How do I begin with the first task?');
  await chat.answered();
  const next = chat.log.locator('[data-act="suggest"]').first();
  const words = (await next.innerText()).trim();
  await next.click();
  await expect(chat.question).toHaveValue(new RegExp(`^${words}`));
  await page.getByRole('link', { name: 'Delete this conversation' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Delete this conversation');
  await accessible(page);
  await page.getByRole('button', { name: 'Delete it' }).click();
  await expect(page).toHaveURL(new RegExp(`${path}$`));
  await chat.alive();
  await expect(chat.log.locator('.turn')).toHaveCount(0);
});
