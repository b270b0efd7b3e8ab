// Walk 14: amira says what her class asks for, gives a certificate, and a stranger looks it up.
import type { Page } from '@playwright/test';
import { signIn } from '../people.ts';
import { accessible, expect, test } from '../walk.ts';

/** A class with two names on its roster; returns its path. */
async function aClassOfTwo(page: Page): Promise<string> {
  await signIn(page);
  await page.goto('/teach/classes/new');
  await page.getByLabel('Name').fill(`Signals ${Date.now().toString(36).slice(-5)}`);
  await page.getByRole('button', { name: 'Create the class' }).click();
  await expect(page.getByText('The class is ready')).toBeVisible();
  const path = new URL(page.url()).pathname;
  await page.goto(`${path}/roster/import`);
  await page.getByLabel('Names', { exact: true }).fill('Mia Ångström\nأميرة');
  await page.getByRole('button', { name: 'See what will happen' }).click();
  await page.getByRole('button', { name: /^Add \d+ students$/ }).click();
  await expect(page.getByText('The names are on the roster')).toBeVisible();
  return path;
}

/** Says what the class asks for; ends on the list. */
async function says(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Say what it asks for' }).click();
  await page.getByLabel('Lessons finished').fill('most');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('Type a whole number from 1 to 100').first()).toBeVisible();
  await accessible(page);
  await page.getByLabel('Lessons finished').fill('');
  await page.getByLabel('Work done').fill('');
  await page.getByLabel('Average of the returned grades').fill('60');
  await page.getByLabel('Completed').fill('Signals of light');
  await page.getByLabel('A line about it').fill('Sent a message across the yard, and it was read.');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('An average of at least 60 %')).toBeVisible();
}

for (const scripts of [true, false]) {
  test.describe(scripts ? 'with scripts' : 'without scripts', () => {
    test.use({ javaScriptEnabled: scripts });

    test('a certificate is given, taken, looked up and withdrawn', async ({ page, browser }) => {
      const path = await aClassOfTwo(page);
      await page.getByRole('link', { name: 'Certificates', exact: true }).click();
      await accessible(page);
      await says(page);
      await accessible(page);

      await page.getByRole('button', { name: 'Look at who gets one' }).click();
      await expect(page.getByText('Nobody was chosen')).toBeVisible();
      await page.getByLabel('Choose Mia Ångström').check();
      await page.getByLabel('Choose أميرة').check();
      await page.getByRole('button', { name: 'Look at who gets one' }).click();
      await expect(page.getByText('2 students have not reached')).toBeVisible();
      await accessible(page);
      await page.getByRole('button', { name: 'Give 2 certificates' }).click();
      await expect(page.getByText('The certificates are there')).toBeVisible();
      await accessible(page);

      await page.getByRole('row', { name: /Mia/ }).getByRole('link', { name: 'Given' }).click();
      await accessible(page);
      const paper = page.waitForEvent('download');
      await page.getByRole('link', { name: 'Download the PDF' }).click();
      expect((await paper).suggestedFilename()).toMatch(/\.pdf$/);
      const address = (await page.locator('dd', { hasText: '/verify/' }).innerText()).trim();

      const elsewhere = await browser.newContext({ javaScriptEnabled: scripts });
      const stranger = await elsewhere.newPage();
      await stranger.goto('/verify');
      await accessible(stranger);
      await stranger.getByLabel('Code').fill('not a code');
      await stranger.getByRole('button', { name: 'Look it up' }).click();
      await expect(stranger.getByText('A code has sixteen letters').first()).toBeVisible();
      await accessible(stranger);
      await stranger.getByLabel('Code').fill(address.split('/').at(-1)!.toLowerCase());
      await stranger.getByRole('button', { name: 'Look it up' }).click();
      await expect(stranger.getByText('Valid.')).toBeVisible();
      await expect(stranger.getByText('Mia Ångström')).toBeVisible();
      await accessible(stranger);

      await page.getByLabel('Reason').fill('Given by mistake');
      await page.getByRole('button', { name: 'Withdraw', exact: true }).click();
      await expect(page.getByText('It is withdrawn')).toBeVisible();
      await accessible(page);
      await stranger.reload();
      await expect(stranger.getByText('No longer valid.')).toBeVisible();
      await expect(stranger.getByText('Given by mistake')).toHaveCount(0);
      await accessible(stranger);
      await elsewhere.close();
      await page.goto(`${path}/certificates`);
      await expect(page.getByRole('link', { name: 'Withdrawn' })).toBeVisible();

      await page.goto(`${path}/archive`);
      await accessible(page);
      const archive = page.waitForEvent('download');
      await page.getByLabel('With students and their work').check();
      await page.getByRole('button', { name: 'Download the class' }).click();
      const file = await (await archive).path();
      await page.goto('/teach/classes/imports');
      await accessible(page);
      await page.getByLabel('The file').setInputFiles({ name: 'a.class.zip', mimeType: 'application/zip', buffer: Buffer.from('x') });
      await page.getByRole('button', { name: 'See what will happen' }).click();
      await expect(page.getByText('This is no file of a class').first()).toBeVisible();
      await accessible(page);
      await page.getByLabel('The file').setInputFiles(file);
      await page.getByRole('button', { name: 'See what will happen' }).click();
      await expect(page.getByText('Bringing it in makes a new class')).toBeVisible();
      await accessible(page);
      await page.getByRole('button', { name: 'Bring it in' }).click();
      await expect(page.getByText('The class is here')).toBeVisible();
      const copy = new URL(page.url()).pathname;
      await page.getByRole('link', { name: 'Roster' }).click();
      await expect(page.getByRole('link', { name: 'Mia Ångström' })).toBeVisible();
      // Leave nothing in the way of other walks.
      for (const one of [copy, path]) {
        await page.goto(`${one}/deletion`);
        await page.getByRole('button', { name: 'Delete the class' }).click();
        await expect(page.getByText('The class is deleted')).toBeVisible();
      }
    });
  });
}
