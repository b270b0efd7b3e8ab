// Walk 5: the helper is stopped; every hub page works as before, the chat says so, and comes back by itself.
import { Chat, newName, openALesson } from '../people.ts';
import { startService, stopService, system } from '../system.ts';
import { accessible, expect, test } from '../walk.ts';

test.afterEach(() => startService('helper'));

/** Median milliseconds of nine loads of a page's HTML. */
async function median(load: () => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < 9; round += 1) {
    const start = performance.now();
    await load();
    times.push(performance.now() - start);
  }
  return times.sort((a, b) => a - b)[4]!;
}

test('the class goes on without the helper, and the chat comes back without a reload', async ({ page }) => {
  const lesson = await openALesson(page, newName('Lena'));
  const chat = new Chat(page);
  await chat.alive();
  const addresses = [lesson, '/student', '/'];
  const load = (address: string) => page.request.get(address).then((answer) => expect(answer).toBeOK());
  const before = await Promise.all(addresses.map((address) => median(() => load(address))));

  stopService('helper');
  const after = await Promise.all(addresses.map((address) => median(() => load(address))));
  // As fast as before: far from any time a page would spend waiting for a server that is away.
  addresses.forEach((address, index) => expect(after[index], address).toBeLessThan(before[index]! * 3 + 50));

  await chat.ask('What is a cipher?');
  await expect(chat.root).toContainText('The helper is resting');
  await expect(chat.question).toHaveValue('What is a cipher?');
  await accessible(page);

  startService('helper');
  await expect(chat.root).not.toContainText('The helper is resting', { timeout: 30_000 });
  // What was kept is asked by itself, once.
  await expect(chat.log.locator('.turn')).toHaveCount(1);
  await chat.answered();
  await expect(chat.question).toHaveValue('');
});

test('without JavaScript the resting helper has a page with a way on', async ({ browser }) => {
  const context = await browser.newContext({ javaScriptEnabled: false, baseURL: system.base_url });
  const page = await context.newPage();
  await openALesson(page, newName('Jonas'));
  stopService('helper');
  await page.getByLabel('Your question').fill('What is a cipher?');
  await page.getByTestId('lesson-chat').getByRole('button', { name: 'Ask' }).click();
  await expect(page.getByRole('heading', { name: 'The helper is resting' })).toBeVisible();
  await context.close();
});
