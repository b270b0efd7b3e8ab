// Handing in: with the script and without, dropped, twice; galleries; and a student's own data.
import type { Page } from '@playwright/test';
import { readFileSync } from 'node:fs';
import { join, newName, putReturnCodeAway } from '../people.ts';
import { accessible, expect, test } from '../walk.ts';
import { addMaterials } from '../work.ts';

/** A picture of 16 × 16 pixels that is whole. */
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAABAAAAAQCAIAAACQkWg2AAAAFklEQVR42mPQyNtCEmIY1TCqYfhqAADkmEoQR9TNdQAAAABJRU5ErkJggg==',
  'base64',
);
const cat = { name: 'cat.png', mimeType: 'image/png', buffer: PNG };

const title = `Cats ${Date.now().toString(36).slice(-4)}`;
let upload: string;
let gallery: string;
test.beforeAll(async ({ browser }) => {
  const page = await browser.newPage();
  const added = await addMaterials(page, title, ['upload', 'gallery']);
  [upload, gallery] = [added.upload!, added.gallery!];
  await page.close();
});

async function student(page: Page, name = newName('Jonas')): Promise<string> {
  await join(page, name);
  await putReturnCodeAway(page);
  return name;
}

const state = (page: Page) => page.getByTestId('submission-state');
const versions = (page: Page) => page.getByTestId('version');

test('jonas hands in a file and sees how far it is', async ({ page }) => {
  await student(page);
  await page.goto(upload);
  await expect(page.getByTestId('upload')).toHaveAttribute('data-hydrated', 'true');
  await expect(state(page)).toContainText('Not handed in yet');
  await accessible(page);
  await page.getByLabel('A note to your teacher').fill('With ears');
  await page.getByLabel('Your file').setInputFiles(cat);
  await expect(page.getByTestId('upload').getByRole('status')).toHaveText('Chosen: cat.png');
  // Slowly enough to see the bar.
  await page.route('**/submissions', async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 500));
    await route.continue();
  });
  await page.getByRole('button', { name: 'Hand in' }).click();
  await expect(page.getByRole('progressbar')).toBeVisible();
  await expect(state(page)).toContainText('Handed in');
  await expect(versions(page)).toContainText(['cat.png']);
  await expect(versions(page)).toContainText(['With ears']);
  await accessible(page);
});

test('what is refused is said beside the form, and the note stays', async ({ page }) => {
  await student(page);
  await page.goto(upload);
  await expect(page.getByTestId('upload')).toHaveAttribute('data-hydrated', 'true');
  await page.getByLabel('A note to your teacher').fill('Look at this');
  await page.getByLabel('Your file').setInputFiles({ ...cat, buffer: Buffer.from('no picture') });
  await page.getByRole('button', { name: 'Hand in' }).click();
  await expect(page.getByTestId('upload').getByRole('status')).toContainText('called .png, but inside it is a .txt');
  await expect(page.getByLabel('A note to your teacher')).toHaveValue('Look at this');
  await accessible(page);
});

/** Drops a picture somewhere on the page. */
async function drop(page: Page): Promise<void> {
  const dropped = await page.evaluateHandle((bytes) => {
    const transfer = new DataTransfer();
    transfer.items.add(new File([new Uint8Array(bytes)], 'dropped.png', { type: 'image/png' }));
    return transfer;
  }, [...PNG]);
  await page.dispatchEvent('main', 'drop', { dataTransfer: dropped });
}

test('a file can be dropped on the page', async ({ page }) => {
  await student(page);
  await page.goto(upload);
  await expect(page.getByTestId('upload')).toHaveAttribute('data-hydrated', 'true');
  await drop(page);
  await expect(page.getByTestId('upload').getByRole('status')).toHaveText('Chosen: dropped.png');
  await page.getByRole('button', { name: 'Hand in' }).click();
  await expect(versions(page)).toContainText(['dropped.png']);

  // The form is folded by now, and what is dropped opens it.
  await expect(page.getByTestId('upload')).toHaveAttribute('data-hydrated', 'true');
  await expect(page.getByRole('button', { name: 'Hand in this version' })).toBeHidden();
  await drop(page);
  await expect(page.getByRole('button', { name: 'Hand in this version' })).toBeVisible();
});

test('two clicks hand in once', async ({ page }) => {
  await student(page);
  await page.goto(upload);
  await page.getByLabel('Your file').setInputFiles(cat);
  await page.getByRole('button', { name: 'Hand in' }).dblclick();
  await expect(state(page)).toContainText('version 1');
  await page.reload();
  await expect(versions(page)).toHaveCount(1);
});

/** The page's form, alive; counts what is sent. */
async function ready(page: Page): Promise<{ sent: number }> {
  const seen = { sent: 0 };
  page.on('request', (request) => {
    if (request.method() === 'POST' && request.url().endsWith('/submissions')) seen.sent += 1;
  });
  await page.goto(upload);
  await expect(page.getByTestId('upload')).toHaveAttribute('data-hydrated', 'true');
  return seen;
}

const told = (page: Page) => page.getByTestId('upload').getByRole('status');

test('after the session ended the file goes out from the same page', async ({ page, context }) => {
  const name = await student(page);
  const seen = await ready(page);
  await page.getByLabel('Your file').setInputFiles(cat);
  await context.clearCookies({ name: 'student' });
  await page.getByRole('button', { name: 'Hand in' }).click();
  await expect(told(page)).toContainText('Your session has ended');
  await expect(page).toHaveURL(new RegExp(`${upload}$`));
  expect(seen.sent).toBe(0);
  await accessible(page);
  const [tab] = await Promise.all([
    context.waitForEvent('page'),
    page.getByRole('link', { name: 'Come back in (in a new tab)' }).click(),
  ]);
  await tab.getByRole('button', { name: `Go on as ${name}` }).click();
  await expect(tab).toHaveURL(/\/student$/);
  await tab.close();
  await page.getByRole('button', { name: 'Hand in' }).click();
  await expect(versions(page)).toContainText(['cat.png']);
});

test('what cannot be taken is told before it is sent', async ({ page }) => {
  await student(page);
  const seen = await ready(page);
  const file = page.getByLabel('Your file');
  await file.setInputFiles({ ...cat, name: 'cat.exe' });
  await expect(told(page)).toContainText('We cannot take this kind of file. Wanted: .png');
  await file.setInputFiles({ name: 'long.txt', mimeType: 'text/plain', buffer: Buffer.alloc(5_000_001, 'x') });
  await expect(told(page)).toHaveText('This file is too large: at most 5 MB. Make it smaller or ask your teacher.');
  await expect(file).toHaveValue('');
  await accessible(page);
  const dropped = await page.evaluateHandle(() => {
    const transfer = new DataTransfer();
    for (const name of ['one.png', 'two.png']) transfer.items.add(new File(['x'], name));
    return transfer;
  });
  await page.dispatchEvent('main', 'drop', { dataTransfer: dropped });
  await expect(told(page)).toHaveText('One file at a time, please. Nothing was taken.');
  await expect(file).toHaveValue('');
  expect(seen.sent).toBe(0);
});

test('jonas sees how much is sent, and is asked before he leaves', async ({ page, context }) => {
  await student(page);
  await ready(page);
  const network = await context.newCDPSession(page);
  await network.send('Network.enable');
  await network.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: 0,
    downloadThroughput: -1,
    uploadThroughput: 1_000_000,
  });
  const buffer = Buffer.alloc(4_900_000, 'light ');
  await page.getByLabel('Your file').setInputFiles({ name: 'long.txt', mimeType: 'text/plain', buffer });
  await page.getByRole('button', { name: 'Hand in' }).click();
  await expect(page.locator('.upload-share')).toHaveText(/^Sending … [1-9]\d?\u00a0%$/);
  // Said aloud once.
  await expect(told(page)).toHaveText('Sending …');
  const asked = page.waitForEvent('dialog');
  await page.evaluate(() => setTimeout(() => location.assign('/student'), 0));
  const dialog = await asked;
  expect(dialog.type()).toBe('beforeunload');
  await dialog.dismiss();
  await expect(versions(page)).toContainText(['long.txt'], { timeout: 20_000 });
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('jonas hands in, hands in again, and withdraws', async ({ page }) => {
    await student(page);
    await page.goto(upload);
    await page.getByLabel('Your file').setInputFiles(cat);
    await page.getByRole('button', { name: 'Hand in' }).click();
    await expect(page.getByText('Your file was handed in.')).toBeVisible();
    await page.getByText('Hand in a newer version').click();
    await page.getByLabel('Your file').setInputFiles({ ...cat, name: 'cat-2.png' });
    await page.getByRole('button', { name: 'Hand in this version' }).click();
    await expect(state(page)).toContainText('version 2');
    await page.getByRole('button', { name: 'Withdraw' }).click();
    await expect(state(page)).toContainText('version 1');
    await expect(versions(page)).toHaveCount(2);
    // By mistake: one press brings it back.
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect(page.getByText('It is handed in again, with the time it had.')).toBeVisible();
    await expect(state(page)).toContainText('version 2');
  });

  test('a refused file is told on top of the page', async ({ page }) => {
    await student(page);
    await page.goto(upload);
    await page.getByLabel('A note to your teacher').fill('Look at this');
    await page.getByLabel('Your file').setInputFiles({ ...cat, buffer: Buffer.from('no picture') });
    await page.getByRole('button', { name: 'Hand in' }).click();
    await expect(page.getByRole('alert')).toContainText('called .png, but inside it is a .txt');
    await expect(page.getByLabel('A note to your teacher')).toHaveValue('Look at this');
    await accessible(page);
  });
});

test('lena sees what jonas shows, until he stops', async ({ page, browser }) => {
  const jonas = await student(page);
  await page.goto(gallery);
  await page.getByLabel('Your file').setInputFiles(cat);
  await page.getByRole('button', { name: 'Hand in' }).click();
  await page.getByRole('button', { name: 'Show it to the class' }).click();
  await expect(page.getByText('The class can see it now.')).toBeVisible();
  await accessible(page);

  const elsewhere = await browser.newContext();
  const lena = await elsewhere.newPage();
  await student(lena, newName('Lena'));
  await lena.goto(gallery);
  const shown = lena.getByTestId('shared-work').filter({ hasText: jonas });
  await expect(shown.getByRole('img', { name: `Work by ${jonas}` })).toBeVisible();
  await accessible(lena);
  // Looked at on a page, and not saved.
  await shown.getByRole('link').click();
  await expect(lena.getByRole('heading', { level: 1 })).toHaveText(`Work by ${jonas}`);
  const large = lena.getByTestId('shared-picture');
  await expect.poll(() => large.evaluate((picture: HTMLImageElement) => picture.naturalWidth)).toBeGreaterThan(0);
  await expect(lena.getByRole('link', { name: 'Save this file' })).toBeVisible();
  await accessible(lena);
  await lena.goto(gallery);

  await page.getByRole('button', { name: 'Stop showing it' }).click();
  await expect(page.getByText('The class can no longer see it.')).toBeVisible();
  await lena.reload();
  await expect(shown).toHaveCount(0);
  await elsewhere.close();
});

test('jonas takes everything of his with him, then deletes it', async ({ page }) => {
  const jonas = await student(page);
  await page.goto(upload);
  await page.getByLabel('Your file').setInputFiles(cat);
  await page.getByRole('button', { name: 'Hand in' }).click();
  await expect(versions(page)).toHaveCount(1);
  await page.goto('/student/my-data');
  await expect(page.getByRole('main')).toContainText(jonas);
  await expect(page.getByRole('main')).toContainText('cat.png');
  await accessible(page);
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Download my portfolio' }).click(),
  ]);
  expect(download.suggestedFilename()).toMatch(/\.zip$/);
  // An archive lists its names in plain.
  const archive = readFileSync(await download.path());
  for (const name of ['index.html', 'cat.png', 'data/submissions.json']) expect(archive.includes(name)).toBe(true);

  // One thing, once it is asked what goes with it.
  await page.getByRole('link', { name: 'Delete cat.png', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Delete “cat.png”?');
  await expect(page.getByText('the task counts as not handed in')).toBeVisible();
  await accessible(page);
  await page.getByRole('button', { name: 'Yes, delete it' }).click();
  await expect(page.getByText('It is deleted.')).toBeVisible();
  await expect(page.getByRole('main')).not.toContainText('cat.png');

  await page.getByRole('link', { name: 'Delete everything about me' }).click();
  await accessible(page);
  await page.getByRole('button', { name: 'Yes, delete everything' }).click();
  await expect(page.getByText('Everything about you in this class is deleted')).toBeVisible();
  await page.goto('/student');
  await expect(page).not.toHaveURL(/\/student$/);
});
