// The pictures in the README.
import { test, type Page } from '@playwright/test';
import { fileURLToPath } from 'node:url';
import { Chat, join, openALesson, putReturnCodeAway, signIn } from '../people.ts';

const images = fileURLToPath(new URL('../../docs/images/', import.meta.url));
// Taken once more, a name would be taken.
const otter = () => `Curious Otter ${10 + (Date.now() % 90)}`;
const keep = (page: Page, name: string) => page.screenshot({ path: `${images}${name}.png` });

test('a lesson with the helper answering', async ({ page }) => {
  await page.setViewportSize({ width: 1280, height: 800 });
  await openALesson(page, otter());
  const chat = new Chat(page);
  await chat.alive();
  await chat.ask('I am stuck. Why do we need gaps between the letters?');
  await chat.streaming();
  await page.waitForTimeout(1500);
  await keep(page, 'lesson');
});

test('joining on a phone', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 760 });
  await join(page, otter());
  await keep(page, 'card-phone');
  await putReturnCodeAway(page);
  await keep(page, 'student-phone');
});

test('the roster', async ({ page }) => {
  await page.setViewportSize({ width: 1280, height: 800 });
  await signIn(page);
  await page.locator('main a[href^="/teach/classes/"]:not([href$="/new"])').first().click();
  await page.getByRole('link', { name: 'Roster' }).click();
  await keep(page, 'roster');
});
