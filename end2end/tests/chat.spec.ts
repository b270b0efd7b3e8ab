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

test('who is signed out in another tab asks nothing more, and what was said is gone from the screen', async ({ page, context }) => {
  await openALesson(page, newName('Lena'));
  const chat = new Chat(page);
  await chat.alive();
  await chat.ask('What is a key?');
  await chat.answered();
  const otherTab = await context.newPage();
  await otherTab.goto('/student');
  await otherTab.getByRole('button', { name: 'End session', exact: true }).click();
  await expect(otherTab).toHaveURL(/\/$/);
  await chat.ask('I am somebody else.');
  await expect(chat.root).toContainText('You are signed out.');
  await expect(chat.log.locator('.turn')).toHaveCount(0);
  await expect(page.getByText('What is a key?')).toHaveCount(0);
  await accessible(page);
});

test('two windows side by side show the same conversation', async ({ page, context }) => {
  const path = await openALesson(page, newName('Lena'));
  const chat = new Chat(page);
  await chat.alive();
  const otherTab = await context.newPage();
  await otherTab.goto(path);
  const other = new Chat(otherTab);
  await other.alive();
  await chat.ask('What is a key?');
  await expect(other.log).toContainText('What is a key?');
  await other.answered();
  await other.ask('And what is a cipher?');
  await expect(chat.log.locator('.turn')).toHaveCount(2);
  await expect(chat.log.locator('.turn').last()).toContainText('And what is a cipher?');
  await chat.answered();
  await otherTab.getByRole('link', { name: 'Delete this conversation' }).click();
  await otherTab.getByRole('button', { name: 'Delete it' }).click();
  await other.alive();
  await expect(chat.log.locator('.turn')).toHaveCount(0);
});

test('the focus stays where the next question is typed, whichever button goes', async ({ page }) => {
  await openALesson(page, newName('Lena'));
  const chat = new Chat(page);
  await chat.alive();
  await page.evaluate(() => {
    const said: string[] = [];
    const status = document.querySelector('.chat [role=status]')!;
    new MutationObserver(() => said.push(status.textContent!)).observe(status, { childList: true, characterData: true, subtree: true });
    Object.assign(window, { said });
  });
  await chat.question.fill(LONG);
  await chat.root.getByRole('button', { name: 'Ask', exact: true }).click();
  await chat.streaming();
  await expect(chat.question).toBeFocused();
  await chat.stop.click();
  await expect(chat.stop).toBeHidden();
  await expect(chat.question).toBeFocused();
  // Where in line it stands is said once, then what becomes of it.
  const said = await page.evaluate(() => (window as unknown as { said: string[] }).said.filter((text) => text !== ''));
  expect(said[0]).toMatch(/next in line|before yours/);
  expect(said.filter((text) => /next in line|before yours/.test(text))).toHaveLength(1);
});

test('a reload changes nothing of an answer: what it rests on and what could be asked next', async ({ page }) => {
  await openALesson(page, newName('Lena'));
  const chat = new Chat(page);
  await chat.alive();
  await chat.ask('What is a key?');
  await chat.answered();
  const turn = chat.log.locator('.turn').last();
  await expect(turn.locator('[data-act="suggest"]')).toHaveCount(2);
  const before = await turn.locator('.turn-foot').innerText();
  const quotes = await turn.locator('.turn-foot .turn-quote').count();
  await page.reload();
  await chat.alive();
  await expect(turn.locator('[data-act="suggest"]')).toHaveCount(2);
  expect(await turn.locator('.turn-foot').innerText()).toBe(before);
  expect(await turn.locator('.turn-quote').count()).toBe(quotes);
});

test('a question that is too long is counted and kept whole, and the helper says so', async ({ page }) => {
  await openALesson(page, newName('Lena'));
  const chat = new Chat(page);
  await chat.alive();
  await chat.question.fill('a'.repeat(3499));
  await expect(chat.root.locator('.chat-count')).toBeEmpty();
  const long = 'too long '.repeat(500).trim();
  await chat.question.fill(long);
  await expect(chat.root.locator('.chat-count')).toHaveText(`${long.length} / 4000`);
  await chat.question.press('Enter');
  await expect(chat.root).toContainText('A question can have up to 4000 characters.');
  await expect(chat.question).toHaveValue(long);
  await expect(chat.log.locator('.turn')).toHaveCount(0);
});

test('what an answer ends with is never below the edge without a word of it', async ({ page }) => {
  await page.setViewportSize({ width: 1280, height: 560 });
  await openALesson(page, newName('Lena'));
  const chat = new Chat(page);
  await chat.alive();
  await chat.ask('I want to die.');
  await chat.answered();
  await expect(chat.answer()).toContainText('You are not alone');
  const below = chat.root.getByRole('button', { name: 'More below' });
  await expect(below).toBeVisible();
  await below.click();
  await expect(below).toBeHidden();
  await expect(chat.log.getByRole('link', { name: 'findahelpline.com' })).toBeInViewport();
});

test('offline the question is kept, and asked by itself once there is a way again', async ({ page, context }) => {
  await openALesson(page, newName('Lena'));
  const chat = new Chat(page);
  await chat.alive();
  await context.setOffline(true);
  await chat.ask('What is a key?');
  await expect(chat.root).toContainText('You are offline. Your question is kept.');
  await expect(chat.question).toHaveValue('What is a key?');
  await chat.question.press('Enter');
  await expect(chat.root).toContainText('You are offline. Your question is kept.');
  await context.setOffline(false);
  await expect(chat.log.locator('.turn')).toHaveCount(1, { timeout: 20_000 });
  await chat.answered();
  await expect(chat.question).toHaveValue('');
  await expect(chat.root).not.toContainText('You are offline');
  await page.reload();
  await chat.alive();
  await expect(chat.log.locator('.turn')).toHaveCount(1);
});

test('there is room to read in, on every screen', async ({ page }) => {
  await openALesson(page, newName('Lena'));
  const chat = new Chat(page);
  for (const [width, height, least] of [[1280, 800, 300], [640, 400, 170], [390, 844, 400]] as const) {
    await page.setViewportSize({ width, height });
    await chat.alive();
    const room = await chat.log.evaluate((log) => log.clientHeight);
    expect(room, `${width} × ${height}`).toBeGreaterThanOrEqual(least);
  }
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.getByRole('button', { name: 'Open the chat on its own page' }).click();
  await chat.alive();
  await expect(chat.root.getByRole('button', { name: 'Ask', exact: true })).toBeInViewport();
  expect(await chat.log.evaluate((log) => log.clientHeight)).toBeGreaterThanOrEqual(300);
});
