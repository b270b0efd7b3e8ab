// Walk 13: amira's class from its first name to its archive: announcing, a roster from a list, cards, merging, moving,
// copying, deleting and undoing; and the view that follows the class by itself.
import type { Page } from '@playwright/test';
import { signIn } from '../people.ts';
import { accessible, expect, test } from '../walk.ts';

const stamp = (): string => Date.now().toString(36).slice(-5);

/** Makes a class; ends on its first page, whose path it returns. */
async function aClass(page: Page, name: string): Promise<string> {
  await signIn(page);
  await page.getByRole('link', { name: 'New class' }).first().click();
  await page.getByLabel('Name').fill(name);
  await page.getByRole('button', { name: 'Create the class' }).click();
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
  return new URL(page.url()).pathname;
}

/** Puts names on the roster of the class one is on. */
async function names(page: Page, path: string, list: string, look = accessible): Promise<void> {
  await page.goto(`${path}/roster/import`);
  await look(page);
  await page.getByLabel('Names', { exact: true }).fill(list);
  await page.getByRole('button', { name: 'See what will happen' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'What will happen' })).toBeVisible();
  await look(page);
  await page.getByRole('button', { name: /^Add \d+ students$/ }).click();
  await expect(page.getByText('The names are on the roster')).toBeVisible();
}

/** Moves a module by drag, and back by keys. */
async function arrangedByHand(page: Page): Promise<void> {
  await expect(page.locator('main form[data-hydrated]')).toBeVisible();
  const head = (title: string) => page.locator('.module-head', { hasText: title });
  await head('Sound').dragTo(head('Light'), { sourcePosition: { x: 200, y: 4 }, targetPosition: { x: 10, y: 2 } });
  await expect(page.locator('.module-head').first().getByRole('heading')).toHaveText('Sound');
  await expect(page.locator('main form[data-hydrated]')).toBeVisible();
  await expect(page.locator('section', { hasText: 'Sound' }).locator(':focus')).toBeVisible();
  await page.keyboard.press('Alt+ArrowDown');
  await expect(page.locator('.module-head').first().getByRole('heading')).toHaveText('Light');
  await accessible(page);
}

for (const scripts of [true, false]) {
  test.describe(scripts ? 'with scripts' : 'without scripts', () => {
    test.use({ javaScriptEnabled: scripts });

    test('a class is announced to, filled, arranged, copied, archived, deleted and brought back', async ({ page }) => {
      const name = `Chemistry ${stamp()}`;
      const path = await aClass(page, name);
      await accessible(page);

      await page.getByRole('link', { name: 'Write an announcement' }).click();
      await page.getByLabel('Tell your class').fill('Bring a *lamp* on Friday.');
      await page.getByRole('button', { name: 'Announce' }).click();
      await expect(page.getByText('Your class can read it now')).toBeVisible();
      await accessible(page);
      await page.getByRole('button', { name: 'Delete', exact: true }).click();
      await page.getByRole('button', { name: 'Undo' }).click();
      await expect(page.locator('main em', { hasText: 'lamp' })).toBeVisible();

      await names(page, path, 'Mia\nTom\nTomas');
      await accessible(page);
      await page.getByLabel('Find a student').fill('tom');
      await page.getByRole('button', { name: 'Find', exact: true }).click();
      await expect(page.getByText('2 of 3 students')).toBeVisible();
      await page.getByRole('link', { name: 'Last seen' }).click();
      await accessible(page);
      await page.goto(`${path}/join-card`);
      await accessible(page);
      await page.goto(`${path}/return-cards`);
      await accessible(page);
      await page.getByRole('button', { name: /^For 3 students/ }).click();
      await expect(page.locator('article')).toHaveCount(3);
      await accessible(page);

      await page.goto(`${path}/roster`);
      await page.getByRole('link', { name: 'Tomas' }).click();
      await accessible(page);
      await page.getByRole('link', { name: 'Merge with another…' }).click();
      await page.getByLabel('The other one').selectOption({ label: 'Tom' });
      await page.getByRole('button', { name: 'See what will happen' }).click();
      await accessible(page);
      await page.getByRole('button', { name: 'Merge into Tomas' }).click();
      await expect(page.getByText('The two are one student now')).toBeVisible();

      await page.goto(`${path}/materials`);
      for (const module of ['Light', 'Sound']) {
        await page.getByLabel('Title').fill(module);
        await page.getByRole('button', { name: 'Add the module' }).click();
        await expect(page.getByRole('heading', { name: module })).toBeVisible();
      }
      await page.getByRole('link', { name: 'Arrange' }).click();
      await accessible(page);
      await page.getByRole('button', { name: /^Up\s?: Sound/ }).click();
      await expect(page.locator('.module-head').first().getByRole('heading')).toHaveText('Sound');
      await page.getByRole('button', { name: 'Undo' }).click();
      await expect(page.locator('.module-head').first().getByRole('heading')).toHaveText('Light');
      if (scripts) await arrangedByHand(page);

      await page.goto(`${path}/settings`);
      await accessible(page);
      await page.getByRole('link', { name: 'Copy…' }).click();
      await accessible(page);
      await page.getByRole('button', { name: 'Make the copy' }).click();
      await expect(page.getByText('This is the copy')).toBeVisible();
      const copy = new URL(page.url()).pathname;

      await page.goto(`${path}/settings`);
      await page.getByRole('button', { name: 'Archive', exact: true }).click();
      await expect(page.getByText('The class is put away')).toBeVisible();
      await accessible(page);
      await page.goto(`${copy}/deletion`);
      await accessible(page);
      await page.getByRole('button', { name: 'Delete the class' }).click();
      await expect(page.getByText('The class is deleted')).toBeVisible();
      await page.getByRole('button', { name: 'Undo' }).click();
      await expect(page).toHaveURL(copy);
      // Leave nothing in the way of other walks.
      await page.goto(`${copy}/deletion`);
      await page.getByRole('button', { name: 'Delete the class' }).click();
    });
  });
}

test('today follows the class by itself, and without scripts by a link', async ({ page, browser }) => {
  const path = await aClass(page, `Live ${stamp()}`);
  await expect(page.locator('.live')).toHaveAttribute('data-hydrated', 'true');
  await expect(page.getByText('follows the class by itself')).toBeVisible();
  const code = (await page.getByTestId('class-code').textContent())!.trim();
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));

  const phone = await browser.newContext();
  const hers = await phone.newPage();
  await hers.goto('/');
  await hers.getByLabel('Class code').fill(code);
  await hers.getByLabel('Your name').fill('Lena');
  await hers.getByRole('button', { name: 'Join', exact: true }).click();
  await expect(hers).toHaveURL(/return-code/);
  await expect(page.locator('.live').getByRole('link', { name: 'Lena' })).toBeVisible({ timeout: 5_000 });
  expect(asked, 'nothing was asked for').toEqual([]);
  await accessible(page);
  await phone.close();

  const plain = await browser.newContext({ javaScriptEnabled: false });
  await plain.addCookies(await page.context().cookies());
  const still = await plain.newPage();
  await still.goto(path);
  await expect(still.locator('.live').getByRole('link', { name: 'Lena' })).toBeVisible();
  await still.getByRole('link', { name: 'Look again' }).click();
  await expect(still).toHaveURL(path);
  await plain.close();
  await page.goto(`${path}/deletion`);
  await page.getByRole('button', { name: 'Delete the class' }).click();
});
