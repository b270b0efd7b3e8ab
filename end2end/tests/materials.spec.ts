// Walk 5: what amira puts into the class, jonas finds, answers, and does not lose.
import type { Page } from '@playwright/test';
import { tabTo } from '../keyboard.ts';
import { join, newName, putReturnCodeAway } from '../people.ts';
import { system } from '../system.ts';
import { accessible, expect, test } from '../walk.ts';
import { addMaterials, type Added } from '../work.ts';

const title = `Light ${Date.now().toString(36).slice(-4)}`;
let added: Added;

test.beforeAll(async ({ browser }) => {
  const page = await browser.newPage();
  added = await addMaterials(page, title);
  await page.close();
});

async function jonas(page: Page): Promise<void> {
  await join(page, newName('Jonas'));
  await putReturnCodeAway(page);
}

/** The draft form, alive. */
async function alive(page: Page): Promise<void> {
  await expect(page.locator('.draft')).toHaveAttribute('data-hydrated', 'true');
}

const state = (page: Page) => page.locator('.draft-state');

test('every kind of material can be read by everybody', async ({ page }) => {
  await jonas(page);
  await expect(page.getByRole('heading', { name: title, exact: true })).toBeVisible();
  await accessible(page);
  for (const kind of ['text', 'link', 'checklist', 'reflection', 'rubric', 'upload', 'gallery']) {
    await page.goto(added[kind]!);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(`${kind} of ${title}`);
    await accessible(page);
  }
  await page.goto(added.link!);
  await expect(page.getByText('example.org', { exact: false }).first()).toBeVisible();
  await expect(page.getByRole('link', { name: 'Open the link' })).toHaveAttribute('href', 'https://example.org/light?signals=1');
});

test('the staff’s pages of materials can be read by everybody', async ({ page }) => {
  await addMaterials(page, `Dark ${Date.now().toString(36).slice(-4)}`, ['rubric']);
  await accessible(page);
  const preview = page.url();
  for (const address of [`${preview}/edit`, `${preview}/deletion`, preview.replace(/\/[^/]*$/, '')]) {
    await page.goto(address);
    await accessible(page);
  }
  await page.getByRole('link', { name: /^Rename or delete Dark/ }).last().click();
  await accessible(page);
  await page.getByRole('button', { name: 'Delete the module' }).click();
  await expect(page.getByText('The module is gone from the class.')).toBeVisible();
});

test('what is typed survives a reload before it was saved', async ({ page }) => {
  await jonas(page);
  await page.goto(added.reflection!);
  await alive(page);
  const answer = page.getByLabel('Your answer');
  await answer.fill('I would blink more slowly.');
  await expect(state(page)).toHaveText('Saved on this device.');
  // At once: nothing has reached the server yet.
  await page.reload();
  await expect(answer).toHaveValue('I would blink more slowly.');
  await expect(state(page)).toHaveText('Saved.');
  await page.goto('/student');
  const row = page.getByRole('listitem').filter({ hasText: `reflection of ${title}` });
  await expect(row).toContainText('Draft saved');
  await page.goto(added.reflection!);
  await page.getByRole('button', { name: 'Hand in' }).click();
  await expect(page.getByText('Handed in. You can still change it.')).toBeVisible();
  await expect(answer).toHaveValue('I would blink more slowly.');
  expect(await page.evaluate(() => Object.keys(localStorage))).toEqual([]);
  await accessible(page);
});

test('one keystroke takes back nothing that was handed in', async ({ page }) => {
  await jonas(page);
  await page.goto(added.reflection!);
  await alive(page);
  const answer = page.getByLabel('Your answer');
  await answer.fill('Handed in as it is.');
  await page.getByRole('button', { name: 'Hand in' }).click();
  await expect(page.getByText('Handed in. You can still change it.')).toBeVisible();
  await alive(page);
  await expect(page.getByText('Discard my changes')).toBeHidden();
  await answer.press('End');
  await answer.press('!');
  await expect(page.getByText('Discard my changes')).toBeVisible();
  await expect(state(page)).toHaveText('Saved as a draft. Your teacher still sees what you handed in.');
  await page.goto('/student');
  const row = page.getByRole('listitem').filter({ hasText: `reflection of ${title}` });
  await expect(row).toContainText('Handed in');
  await expect(row).toContainText('changed since, not handed in again');
  await page.goto(added.reflection!);
  await expect(answer).toHaveValue('Handed in as it is.!');
  await accessible(page);
  await page.getByText('Discard my changes').click();
  await accessible(page);
  await page.getByRole('button', { name: 'Yes, discard them' }).click();
  await expect(page.getByText('Your changes are gone. This is what you handed in.')).toBeVisible();
  await alive(page);
  await expect(answer).toHaveValue('Handed in as it is.');
  await page.goto('/student');
  await expect(row).not.toContainText('changed since');
});

test('what is typed without a network is kept and goes out when it is back', async ({ page, context }) => {
  await jonas(page);
  await page.goto(added.reflection!);
  await alive(page);
  await context.setOffline(true);
  await page.getByLabel('Your answer').fill('Typed on the bus.');
  await page.waitForTimeout(2_500);
  await expect(state(page)).toHaveText('Saved on this device.');
  await page.getByRole('button', { name: 'Hand in' }).click();
  await expect(state(page)).toContainText('No connection.');
  await expect(page.getByLabel('Your answer')).toHaveValue('Typed on the bus.');
  await context.setOffline(false);
  await expect(state(page)).toHaveText('Saved.');
  await page.evaluate(() => localStorage.clear());
  await page.reload();
  await expect(page.getByLabel('Your answer')).toHaveValue('Typed on the bus.');
});

test('what is typed after the session ended is there after coming back', async ({ page, context }) => {
  await jonas(page);
  await page.goto(added.reflection!);
  await alive(page);
  const cookies = await context.cookies();
  await context.clearCookies({ name: 'student' });
  await page.getByLabel('Your answer').fill('Typed a little too late.');
  await expect(state(page)).toContainText('Your session has ended');
  const back = page.getByRole('link', { name: 'Come back in' });
  await expect(back).toBeVisible();
  await accessible(page);
  await context.addCookies(cookies.filter(({ name }) => name === 'student'));
  await page.goto(added.reflection!);
  await expect(page.getByLabel('Your answer')).toHaveValue('Typed a little too late.');
  await expect(state(page)).toHaveText('Saved.');
});

test('two windows keep both texts and let jonas choose', async ({ page, context }) => {
  await jonas(page);
  await page.goto(added.reflection!);
  await alive(page);
  const other = await context.newPage();
  await other.goto(added.reflection!);
  await alive(other);
  await page.getByLabel('Your answer').fill('From the first window.');
  await expect(state(page)).toHaveText('Saved.');
  await other.getByLabel('Your answer').fill('From the second window.');
  const offer = other.getByRole('alert').filter({ hasText: 'From the first window.' });
  await expect(offer).toBeVisible();
  await expect(other.getByLabel('Your answer')).toHaveValue('From the second window.');
  await accessible(other);
  // Undecided, both survive a reload too.
  await other.reload();
  await expect(offer).toBeVisible();
  await expect(other.getByLabel('Your answer')).toHaveValue('From the second window.');
  await other.getByRole('button', { name: 'Keep what I typed here' }).click();
  await expect(state(other)).toHaveText('Saved.');
  await page.reload();
  await expect(page.getByLabel('Your answer')).toHaveValue('From the second window.');
});

test('the choices of a rubric are a draft as well', async ({ page }) => {
  await jonas(page);
  await page.goto(added.rubric!);
  await alive(page);
  await page.getByRole('group', { name: 'It is polite' }).getByLabel('Yes').check();
  await page.getByRole('group', { name: 'The message can be read' }).getByLabel('Why?').fill('The light was weak.');
  await page.reload();
  await expect(page.getByRole('group', { name: 'It is polite' }).getByLabel('Yes')).toBeChecked();
  await expect(state(page)).toHaveText('Saved.');
  await page.getByRole('button', { name: 'Hand in' }).click();
  await expect(page.getByRole('alert').getByRole('link')).toHaveCount(1);
  await accessible(page);
  await page.getByLabel('Nearly').check();
  await page.getByRole('button', { name: 'Hand in' }).click();
  await expect(page.getByText('Handed in. You can still change it.')).toBeVisible();
});

test('jonas answers with the keyboard alone', async ({ page }) => {
  await jonas(page);
  await page.goto(added.checklist!);
  await tabTo(page, /I sent it/);
  await page.keyboard.press('Space');
  await tabTo(page, /Save my ticks/);
  await page.keyboard.press('Enter');
  await expect(page.getByText('1 of 3 ticked')).toBeVisible();
  await page.goto(added.rubric!);
  await alive(page);
  await tabTo(page, /Not yet/);
  await page.keyboard.press('ArrowDown');
  await expect(page.getByLabel('Nearly')).toBeChecked();
  await tabTo(page, /Why/);
  await tabTo(page, /Not yet/);
  await page.keyboard.press('Space');
  await tabTo(page, /Hand in/);
  await page.keyboard.press('Enter');
  await expect(page.getByText('Handed in. You can still change it.')).toBeVisible();
});

test('what is typed is kept though jonas leaves at once, and not by the device', async ({ page }) => {
  const name = newName('Jonas');
  await join(page, name);
  const code = await page.getByTestId('return-code').innerText();
  await putReturnCodeAway(page);
  // As on plain http, where browsers do not heed the header.
  await page.route('**/student/session/end', async (route) => {
    const response = await route.fetch({ maxRedirects: 0 });
    const { 'clear-site-data': cleared, ...headers } = response.headers();
    expect(cleared).toBe('"storage"');
    await route.fulfill({ response, headers });
  });
  await page.goto(added.reflection!);
  await alive(page);
  await page.getByLabel('Your answer').fill('Typed and gone.');
  await page.getByRole('link', { name: 'My work' }).first().click();
  await expect(page).toHaveURL(/\/student$/);
  await page.getByRole('button', { name: 'End session and forget me' }).click();
  await expect(page.getByRole('heading', { name: 'Join your class' })).toBeVisible();
  await expect.poll(() => page.evaluate(() => Object.keys(localStorage))).toEqual([]);

  await page.goto('/return');
  await page.getByLabel('Class code').fill(system.class_code);
  await page.getByLabel('Your name').fill(name);
  await page.getByLabel('Return code').fill(code);
  await page.getByRole('button', { name: 'Come back' }).click();
  await expect(page).toHaveURL(/\/student$/);
  await page.goto(added.reflection!);
  await expect(page.getByLabel('Your answer')).toHaveValue('Typed and gone.');
});

test('handing in at once leaves no draft behind', async ({ page }) => {
  await jonas(page);
  await page.goto(added.reflection!);
  await alive(page);
  await page.getByLabel('Your answer').fill('Quickly.');
  await page.getByRole('button', { name: 'Hand in' }).click();
  await expect(page.getByText('Handed in. You can still change it.')).toBeVisible();
  await page.reload();
  await expect(state(page)).toContainText('Handed in');
});

test('ticks are saved as they are made', async ({ page, browser }) => {
  const name = newName('Jonas');
  await join(page, name);
  const code = await page.getByTestId('return-code').innerText();
  await putReturnCodeAway(page);
  await page.goto(added.checklist!);
  await alive(page);
  await page.getByLabel('I planned my signal').check();
  await page.getByLabel('I sent it').check();
  await expect(page.getByText('2 of 3 ticked')).toBeVisible();
  await expect(state(page)).toHaveText('Saved.');
  await accessible(page);
  await page.reload();
  await expect(page.getByLabel('I sent it')).toBeChecked();
  // The last one is made while leaving.
  await page.getByLabel('Somebody read it').check();
  await page.getByRole('link', { name: 'My work' }).first().click();
  await expect(page).toHaveURL(/\/student$/);

  const elsewhere = await browser.newContext();
  const tablet = await elsewhere.newPage();
  await tablet.goto(added.checklist!);
  await tablet.getByRole('link', { name: 'Come back with your return code' }).first().click();
  await tablet.getByLabel('Class code').fill(system.class_code);
  await tablet.getByLabel('Your name').fill(name);
  await tablet.getByLabel('Return code').fill(code);
  await tablet.getByRole('button', { name: 'Come back' }).click();
  // Where he wanted to be.
  await expect(tablet).toHaveURL(new RegExp(`${added.checklist!}$`));
  await expect(tablet.getByText('3 of 3 ticked')).toBeVisible();
  await elsewhere.close();
});

test('one’s own answers are on paper too', async ({ page }) => {
  await jonas(page);
  await page.goto(added.reflection!);
  const long = Array.from({ length: 40 }, (_, line) => `Line ${line} of what I would do differently.`).join('\n');
  const answer = page.getByLabel('Your answer');
  await answer.fill(long);
  await page.getByRole('button', { name: 'Hand in' }).click();
  await expect(page.getByText('Handed in. You can still change it.')).toBeVisible();
  await page.emulateMedia({ media: 'print' });
  await expect(answer).toBeVisible();
  expect(await answer.evaluate((field) => field.scrollHeight - field.clientHeight)).toBeLessThan(4);
  await expect(page.getByRole('button', { name: 'Hand in' })).toBeHidden();

  await page.goto(added.rubric!);
  await expect(page.getByRole('group', { name: 'It is polite' }).getByLabel('Yes')).toBeVisible();
  await expect(page.getByLabel('Why?').first()).toBeHidden();
  await page.emulateMedia({ media: 'screen' });
  await page.getByLabel('Why?').first().fill('The light was weak.');
  await page.emulateMedia({ media: 'print' });
  await expect(page.getByLabel('Why?').first()).toBeVisible();
  await page.goto(added.checklist!);
  await expect(page.getByLabel('I sent it')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Save my ticks' })).toBeHidden();
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('jonas ticks, keeps a draft, hands in and leaves', async ({ page }) => {
    await jonas(page);
    await page.goto(added.checklist!);
    await page.getByLabel('I planned my signal').check();
    await page.getByLabel('Somebody read it').check();
    await page.getByRole('button', { name: 'Save my ticks' }).click();
    await expect(page.getByText('2 of 3 ticked')).toBeVisible();
    await expect(page.getByLabel('Somebody read it')).toBeChecked();
    await page.goto(added.reflection!);
    await page.getByLabel('Your answer').fill('Half a thought');
    await page.getByRole('button', { name: 'Save draft' }).click();
    await expect(page.getByText('Draft saved.')).toBeVisible();
    await page.getByLabel('Your answer').fill('A whole thought');
    await page.getByRole('button', { name: 'Hand in' }).click();
    await expect(page.getByText('Handed in. You can still change it.')).toBeVisible();
    await page.getByRole('link', { name: /^Next:/ }).click();
    await page.getByRole('group', { name: 'It is polite' }).getByLabel('Yes').check();
    await page.getByRole('group', { name: 'The message can be read' }).getByLabel('Nearly').check();
    await page.getByRole('button', { name: 'Hand in' }).click();
    await expect(page.getByText('Handed in. You can still change it.')).toBeVisible();
    await page.goto('/student');
    await page.getByRole('button', { name: 'End session', exact: true }).click();
    await page.goto('/student');
    await expect(page).not.toHaveURL(/\/student$/);
  });
});
