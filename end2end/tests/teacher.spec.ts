// Walks 1 and 4: amira signs in, sees her class and who is in it, and what the helper reported.
import { Chat, join, newName, openALesson, signInWithCode } from '../people.ts';
import { accessible, expect, test } from '../walk.ts';

test('amira signs in with password and code and finds lena on the roster', async ({ page, browser }) => {
  const lena = newName('Lena');
  const phone = await browser.newContext();
  const herPage = await phone.newPage();
  await openALesson(herPage, lena);
  const chat = new Chat(herPage);
  await chat.alive();
  await chat.ask('What is a cipher?');
  await chat.answered();
  await phone.close();

  await page.goto('/teach/login');
  await accessible(page);
  await signInWithCode(page);
  await accessible(page);

  await page.locator('main a[href^="/teach/classes/"]:not([href$="/new"]):not([href$="/roster"]):not([href*="/materials"])').first().click();
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await accessible(page);
  await page.getByRole('link', { name: 'Roster' }).click();
  const row = page.getByRole('row', { name: new RegExp(lena) });
  await expect(row).toBeVisible();
  await accessible(page);

  // The helper's signed report arrives by itself a moment after the answer.
  await expect(async () => {
    await page.reload();
    await expect(row.getByRole('cell').last()).toHaveText('1');
  }).toPass({ timeout: 15_000 });
});

test('a wrong password is refused kindly and the address is still there', async ({ page }) => {
  await page.goto('/teach/login');
  await page.getByLabel('E-mail address').fill('amira@elsewhere.example');
  await page.getByLabel('Password').fill('not the password');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByText('do not match')).toBeVisible();
  await expect(page.getByLabel('E-mail address')).toHaveValue('amira@elsewhere.example');
  await accessible(page);
});

test('a teacher’s pages are closed to students and strangers', async ({ page }) => {
  await page.goto('/teach');
  await expect(page).toHaveURL(/\/teach\/login/);
  await join(page, newName('Jonas'));
  await page.goto('/teach');
  await expect(page).toHaveURL(/\/teach\/login/);
});
