// Ways into a class: asking the teacher, a link, and all of it without JavaScript and by keyboard.
import type { Browser, Page } from '@playwright/test';
import { join, newName, putReturnCodeAway, signIn } from '../people.ts';
import { system } from '../system.ts';
import { accessible, expect, test } from '../walk.ts';

/** A page in a browser of its own. */
async function elsewhere(browser: Browser, javaScriptEnabled = true): Promise<Page> {
  return (await browser.newContext({ javaScriptEnabled })).newPage();
}

/** From the list of classes to a tab of the first one. */
async function openTab(page: Page, tab: string): Promise<void> {
  await page.goto('/teach');
  await page.locator('main a[href^="/teach/classes/"]:not([href$="/new"]):not([href$="/roster"]):not([href*="/materials"])').first().click();
  await page.getByRole('link', { name: tab, exact: true }).click();
}

test('lena has lost her card, asks her teacher, and goes on as herself', async ({ page, browser }) => {
  const lena = newName('Lena');
  const phone = await elsewhere(browser);
  await join(phone, lena);
  const oldCode = await phone.getByTestId('return-code').innerText();
  await phone.context().close();

  const laptop = await elsewhere(browser);
  await laptop.goto('/');
  await laptop.getByLabel('Class code').fill(system.class_code);
  await laptop.getByLabel('Your name').fill(lena);
  await laptop.getByRole('button', { name: 'Join', exact: true }).click();
  await accessible(laptop);
  await laptop.getByRole('button', { name: 'Ask my teacher' }).click();
  await expect(laptop).toHaveURL(/\/waiting$/);
  const pictures = await laptop.locator('.return-card-pictures li').allInnerTexts();
  expect(pictures).toHaveLength(2);
  await laptop.getByRole('link', { name: 'Do not look by itself' }).click();
  await accessible(laptop);
  await laptop.getByRole('link', { name: 'Look by itself again' }).click();

  await signIn(page);
  await expect(page.getByText('waiting to be let in').first()).toBeVisible();
  await accessible(page);
  await openTab(page, 'Roster');
  const request = page.locator('.card', { hasText: lena });
  expect(await request.locator('.return-card-pictures li').allInnerTexts()).toEqual(pictures);
  const fonts = await page.evaluate(() => document.fonts.ready.then((fonts) => [...fonts].map(({ family, status }) => [family, status])));
  expect(fonts, 'the pictures do not depend on what fonts a device has').toEqual([['Pictures', 'loaded']]);
  await accessible(page);
  await request.getByRole('button', { name: 'Let in' }).click();
  await expect(page.getByText('They can come in now')).toBeVisible();

  // The waiting page notices by itself.
  await expect(laptop.getByRole('heading', { name: `Come in, ${lena}` })).toBeVisible({ timeout: 20_000 });
  await accessible(laptop);
  await laptop.getByRole('button', { name: 'Go in' }).click();
  await expect(laptop).toHaveURL(/\/student\/return-code$/);
  expect(await laptop.getByTestId('return-code').innerText()).not.toBe(oldCode);
  await putReturnCodeAway(laptop);
  await expect(laptop.getByText(lena).first()).toBeVisible();

  // Signed out on the roster, the laptop is out too.
  await openTab(page, 'Roster');
  await page.getByRole('button', { name: new RegExp(`^Sign out.*${lena}`) }).click();
  await expect(page.getByText('signed out everywhere')).toBeVisible();
  await laptop.goto('/student');
  await expect(laptop).not.toHaveURL(/\/student$/);
  await laptop.context().close();
});

test('amira makes a link for one, and jonas joins by it without JavaScript and by keyboard', async ({ page, browser }) => {
  await signIn(page);
  await openTab(page, 'Settings');
  await accessible(page);
  const label = newName('Guests');
  await page.getByLabel('What it is for').fill(label);
  await page.getByLabel('Places').fill('1');
  await page.getByLabel('It lasts').selectOption('day');
  await page.getByRole('button', { name: 'Make the link' }).click();
  const row = page.getByRole('row', { name: new RegExp(label) });
  await expect(row).toContainText('0 of 1 taken');
  await accessible(page);
  const link = await row.getByRole('link').innerText();

  const plain = await elsewhere(browser, false);
  await plain.goto(new URL(link).pathname);
  const jonas = newName('Jonas');
  await tabTo(plain, 'field-display_name');
  await plain.keyboard.type(jonas);
  await plain.keyboard.press('Enter');
  await expect(plain).toHaveURL(/\/student\/return-code$/);
  await plain.keyboard.press('Tab');
  while (!(await plain.locator('button:focus', { hasText: 'written it down' }).count())) await plain.keyboard.press('Tab');
  await plain.keyboard.press('Enter');
  await expect(plain).toHaveURL(/\/student$/);
  await plain.context().close();

  const late = await elsewhere(browser);
  await late.goto(new URL(link).pathname);
  await expect(late.getByRole('heading', { name: 'All places of this link are taken' })).toBeVisible();
  await accessible(late);
  await late.context().close();
  await page.reload();
  await expect(row).toContainText('1 of 1 taken');
  await row.getByRole('button', { name: new RegExp(`^Switch off.*${label}`) }).click();
  await expect(page.getByRole('row', { name: new RegExp(label) })).toContainText('Switched off');
});

test('jonas joins without JavaScript and by keyboard alone', async ({ browser }) => {
  const page = await elsewhere(browser, false);
  await page.goto(`/?code=${system.class_code}`);
  await expect(page.getByLabel('Class code')).toHaveValue(system.class_code);
  await tabTo(page, 'field-display_name');
  await page.keyboard.type(newName('Jonas'));
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/student\/return-code$/);
  while (!(await page.locator('button:focus', { hasText: 'written it down' }).count())) await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/student$/);
  await page.context().close();
});

test('amira looks at one student and deletes them after a page that says what goes', async ({ page, browser }) => {
  const mia = newName('Mia');
  const phone = await elsewhere(browser);
  await join(phone, mia);
  await signIn(page);
  await openTab(page, 'Roster');
  await page.getByRole('link', { name: mia }).click();
  await accessible(page);
  await page.getByRole('button', { name: 'Make a new return card' }).click();
  await expect(page.getByTestId('return-code')).toBeVisible();
  await accessible(page);
  await page.getByRole('link', { name: 'Done' }).click();
  await page.getByRole('link', { name: 'Delete this student' }).click();
  await expect(page.getByRole('heading', { name: `Delete ${mia}?` })).toBeVisible();
  await accessible(page);
  await page.getByRole('button', { name: 'Delete for good' }).click();
  await expect(page.getByText('The student is deleted')).toBeVisible();
  await expect(page.getByRole('link', { name: mia })).toHaveCount(0);
  await phone.goto('/student');
  await expect(phone).not.toHaveURL(/\/student$/);
  await phone.context().close();
});

/** Presses Tab until the field of that id has the focus. */
async function tabTo(page: Page, id: string): Promise<void> {
  for (let presses = 0; presses < 40; presses += 1) {
    if (await page.locator(`#${id}:focus`).count()) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`the Tab key never reached ${id}`);
}
