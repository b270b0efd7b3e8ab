// Walk 12: a Sunday evening. Amira grades thirty works by keyboard alone, and the same with JavaScript off.
import { request, type Page } from '@playwright/test';
import { readFileSync } from 'node:fs';
import { join, newName, putReturnCodeAway, signIn } from '../people.ts';
import { system } from '../system.ts';
import { accessible, expect, test } from '../walk.ts';
import { addMaterials } from '../work.ts';

const RUBRIC = ['It works', 'It is tidy', 'It is tested', 'It is explained']
  .map((title) => `${title}\n- Not yet\n- Nearly: with mistakes (1)\n- Yes: as planned (2)\n- More than that (3)`)
  .join('\n\n');

interface Desk {
  grading: string;
  material: string;
  gradebook: string;
}

/** A material of amira's class with a rubric of four criteria, and so many who handed in a reflection. */
async function desk(page: Page, works: number): Promise<Desk> {
  const title = `Lamp ${Date.now().toString(36).slice(-5)}`;
  await page.locator('main a[href^="/teach/classes/"]:not([href$="/new"]):not([href$="/roster"]):not([href*="/materials"])').first().click();
  const gradebook = `${new URL(page.url()).pathname}/gradebook`;
  await page.getByRole('link', { name: 'Work', exact: true }).click();
  await page.getByLabel('Title').fill(title);
  await page.getByRole('button', { name: 'Add the module' }).click();
  const address = await page.getByRole('link', { name: `Add material ${title}` }).getAttribute('href');
  await page.goto(`${address}?kind=reflection`);
  await page.getByLabel('Title').fill(title);
  await page.getByLabel('What to do', { exact: true }).fill('What does your lamp say?');
  await page.getByRole('button', { name: 'Save' }).click();
  const material = new URL(page.url()).pathname.split('/').pop()!;
  const grading = `/teach/materials/${material}/grading`;
  await page.goto(`${grading}/rules`);
  await accessible(page);
  await page.getByLabel('Rubric', { exact: true }).fill(RUBRIC);
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page).toHaveURL(grading);
  await accessible(page);
  await handIn(material, works);
  return { grading, material, gradebook };
}

/** Students who join and hand in by the forms of the pages, without a browser: this walk is about the other side. */
async function handIn(material: string, works: number): Promise<void> {
  for (let number = 1; number <= works; number += 1) {
    const student = await request.newContext({ baseURL: system.base_url });
    const start = await (await student.get('/')).text();
    const name = `Student ${letters(number)} of ${group(material)}`;
    const form = { ...hidden(start, '/'), class_code: system.class_code, display_name: name };
    expect((await student.post('/', { form })).ok(), name).toBe(true);
    const path = `/student/materials/${material}`;
    const page = await (await student.get(path)).text();
    const text = 'My lamp says SOS, three short and three long.';
    const answer = await student.post(`${path}/response`, { form: { ...hidden(page, `${path}/response`), text } });
    expect(answer.ok()).toBe(true);
    await student.dispose();
  }
}

/** One page that says hello. */
const PDF = Buffer.from(`%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 200]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>endobj
4 0 obj<</Length 47>>stream
BT /F1 24 Tf 20 100 Td (Hello from the lamp) Tj ET
endstream endobj
5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj
trailer<</Root 1 0 R>>
%%EOF
`);

/** A number in letters: names with many digits are taken for telephone numbers. */
function letters(number: number): string {
  return String.fromCharCode(65 + Math.floor(number / 26), 97 + (number % 26));
}

/** What the names of one walk's students have in common. */
function group(material: string): string {
  return [...material.slice(-5)].map((digit) => 'bcdfghjklmnpqrst'[parseInt(digit, 16)]).join('');
}

/** The hidden fields of the form that is sent there. */
function hidden(html: string, action: string): Record<string, string> {
  const form = html.split('<form').find((part) => part.includes(` action="${action}"`)) ?? '';
  const inputs = form.split('</form>')[0]!.match(/<input[^>]*type="hidden"[^>]*>/g) ?? [];
  const value = (tag: string, name: string) => tag.match(new RegExp(` ${name}="([^"]*)"`))?.[1] ?? '';
  return Object.fromEntries(inputs.map((tag) => [value(tag, 'name'), value(tag, 'value')]));
}

/** The sheet, alive. */
async function alive(page: Page): Promise<void> {
  await expect(page.locator('[data-grading]')).toHaveAttribute('data-hydrated', 'true');
}

test.beforeEach(async ({ page }) => {
  await signIn(page);
});

test('thirty works are graded by keyboard alone', async ({ page }) => {
  test.setTimeout(240_000);
  const { grading } = await desk(page, 30);
  await page.goto(grading);
  await alive(page);
  await expect(page.locator('.grading-left')).toHaveText('30 wait for a grade');
  await expect(page.getByText('three short and three long')).toBeVisible();
  await accessible(page);
  await page.keyboard.press('?');
  await expect(page.getByText('They do nothing while you type')).toBeVisible();
  await accessible(page);
  await page.keyboard.press('?');
  let keys = 0;
  const press = async (key: string) => {
    keys += 1;
    await page.keyboard.press(key);
  };
  const times: number[] = [];
  for (let number = 0; number < 30; number += 1) {
    const here = page.url();
    for (const level of ['4', '3', '2', '3']) await page.keyboard.press(level);
    const before = Date.now();
    await press('Control+Enter');
    if (number < 29) {
      await expect(page).not.toHaveURL(here);
      await expect(page.locator('[data-grading]')).toHaveAttribute('data-hydrated', 'true');
      times.push(Date.now() - before);
      await expect(page.locator('.grading-left')).toHaveText(
        number === 28 ? '1 waits for a grade' : `${29 - number} wait for a grade`,
      );
    }
  }
  await expect(page.getByText('Nobody waits for a grade any more')).toBeVisible();
  await accessible(page);
  expect(keys, 'at most three keys a work beside the digits').toBeLessThanOrEqual(90);
  await page.goto(`${grading}/return`);
  await expect(page.getByText('30 grades are complete and not returned.')).toBeVisible();
  await accessible(page);
  times.sort((a, b) => a - b);
  console.log(`save and next: median ${times[14]} ms, longest ${times.at(-1)} ms, as the walk sees it`);
});

test('keys mean nothing while somebody types, and what is typed is saved meanwhile', async ({ page }) => {
  const { grading } = await desk(page, 3);
  await page.goto(grading);
  await alive(page);
  const here = page.url();
  await page.keyboard.press('c');
  await page.keyboard.type('join 123 knots?');
  const comment = page.getByLabel('Comment', { exact: true });
  await expect(comment).toHaveValue('join 123 knots?');
  await expect(page.getByTestId('grading-state')).toHaveText('Saved.');
  expect(page.url()).toBe(here);
  await comment.blur();
  await page.keyboard.press('j');
  await expect(page).not.toHaveURL(here);
  await alive(page);
  await page.keyboard.press('k');
  await expect(comment).toHaveValue('join 123 knots?');
  await alive(page);
  // Without a network nothing is lost.
  await page.context().setOffline(true);
  await comment.fill('typed on the train');
  await expect(page.getByTestId('grading-state')).toContainText('no answer from Class Hub');
  await page.context().setOffline(false);
  await expect(page.getByTestId('grading-state')).toHaveText('Saved.', { timeout: 20_000 });
  // Turned off, letters are letters.
  await page.getByText('Options', { exact: true }).click();
  await page.getByRole('button', { name: 'Turn the keys off' }).click();
  await alive(page);
  const there = page.url();
  await page.keyboard.press('j');
  await page.waitForTimeout(500);
  expect(page.url()).toBe(there);
  await page.getByText('Options', { exact: true }).click();
  await page.getByRole('button', { name: 'Turn the keys on' }).click();
});

test('two windows show both grades, and neither is lost', async ({ page, context }) => {
  const { grading } = await desk(page, 1);
  await page.goto(grading);
  await alive(page);
  const other = await context.newPage();
  await other.goto(grading);
  await alive(other);
  await other.getByLabel('Comment', { exact: true }).fill('from the other window');
  await expect(other.getByTestId('grading-state')).toHaveText('Saved.');
  await page.getByLabel('Comment', { exact: true }).fill('from this window');
  await expect(page.getByTestId('grading-state')).toContainText('somebody else saved another grade');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByRole('table', { name: 'The two grades' })).toContainText('from the other window');
  await expect(page.getByRole('table', { name: 'The two grades' })).toContainText('from this window');
  await accessible(page);
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByLabel('Comment', { exact: true })).toHaveValue('from this window');
});

test('a PDF is seen beside its grade', async ({ page, browser }) => {
  const { upload } = await addMaterials(page, `Plans ${Date.now().toString(36).slice(-5)}`, ['upload']);
  const student = await (await browser.newContext()).newPage();
  await join(student, newName('Jonas'));
  await putReturnCodeAway(student);
  await student.goto(upload!);
  await student.getByLabel('Your file').setInputFiles({ name: 'plan.pdf', mimeType: 'application/pdf', buffer: PDF });
  await student.getByRole('button', { name: 'Hand in' }).click();
  await expect(student.getByTestId('submission-state')).toContainText('Handed in');
  await student.context().close();
  await page.goto(`/teach/materials/${upload!.split('/').pop()}/grading`);
  await alive(page);
  const frame = page.locator('iframe.work-frame');
  await expect(frame).toBeVisible();
  await expect(page.getByText('If you see no page here, use “Open in full”.')).toBeVisible();
  // The browser's reader is an extension of its own within the frame; where it may not open, there is an error page.
  const addresses = () => page.frames().map((frame) => frame.url());
  await expect.poll(addresses).toContainEqual(expect.stringMatching(/^chrome-extension:/));
  expect(addresses().filter((address) => address.startsWith('chrome-error:'))).toEqual([]);
  // The work is in view at once.
  await page.setViewportSize({ width: 1280, height: 900 });
  expect((await frame.boundingBox())!.y).toBeLessThan(330);
});

test('one goes straight to a student, whether or not they handed in', async ({ page }) => {
  const { grading, material } = await desk(page, 2);
  await page.goto(grading);
  await alive(page);
  await expect(page.locator('.grading-place')).toHaveText('1 of 2');
  await page.getByLabel('Go to', { exact: true }).selectOption({ label: `Student Ac of ${group(material)} – to grade` });
  await page.getByRole('button', { name: 'Go', exact: true }).click();
  await expect(page.getByRole('heading', { name: `Student Ac of ${group(material)}` })).toBeVisible();
  await alive(page);
  await expect(page.locator('.grading-place')).toHaveText('2 of 2');
  // Letters typed to find a name in the list are no keys of the page.
  const here = page.url();
  await page.getByLabel('Go to', { exact: true }).focus();
  await page.keyboard.press('k');
  await page.waitForTimeout(300);
  expect(page.url()).toBe(here);
  await page.getByLabel('Go to', { exact: true }).blur();
  await page.keyboard.press('k');
  await expect(page.locator('.grading-place')).toHaveText('1 of 2');
});

test('the gradebook is read, filtered and edited', async ({ page }) => {
  const { gradebook, material } = await desk(page, 4);
  await page.goto(gradebook);
  await accessible(page);
  await page.getByLabel('Name', { exact: true }).fill(`of ${group(material)}`);
  await page.getByRole('button', { name: 'Filter' }).click();
  await expect(page.getByText(/^4 of \d+ students$/)).toBeVisible();
  await page.getByRole('link', { name: `Edit Student Ab of ${group(material)}` }).click();
  await firstFieldHasTheKeyboard(page);
  await accessible(page);
  await page.getByRole('textbox', { name: new RegExp(`^Student Ab of ${group(material)}: Lamp`) }).last().fill('11.5');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByRole('link', { name: '11.5' })).toBeVisible();
  await page.getByRole('link', { name: '11.5' }).focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('F2');
  const cell = page.getByRole('textbox', { name: new RegExp(`^Student Ac of ${group(material)}: Lamp`) }).last();
  await expect(cell).toBeFocused();
  await page.keyboard.type('7.5');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('link', { name: '7.5' })).toBeFocused();
  await page.keyboard.press('ArrowUp');
  await expect(page.getByRole('link', { name: '11.5' })).toBeFocused();
  const saved = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Save as CSV' }).click();
  const file = (await (await saved).path())!;
  const csv = { name: 'grades.csv', mimeType: 'text/csv', buffer: readFileSync(file) };
  await page.getByLabel('Gradebook as CSV').setInputFiles(csv);
  await page.getByRole('button', { name: 'Compare' }).click();
  await expect(page.getByText('Nothing would change')).toBeVisible();
  await accessible(page);
});

/** The row that is edited is in view, below the headings that stay, and its first field has the keyboard. */
async function firstFieldHasTheKeyboard(page: Page): Promise<void> {
  const first = page.locator('.gradebook-input').first();
  await expect(first).toBeFocused();
  const [field, headings] = [(await first.boundingBox())!, (await page.locator('.gradebook thead').boundingBox())!];
  const student = (await page.locator('.gradebook thead th').first().boundingBox())!;
  expect(field.y).toBeGreaterThanOrEqual(headings.y + headings.height);
  expect(field.x).toBeGreaterThanOrEqual(student.x + student.width);
  expect(field.y + field.height).toBeLessThanOrEqual(page.viewportSize()!.height);
}

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('a row far down the gradebook opens in view', async ({ page }) => {
    test.setTimeout(180_000);
    const { gradebook, material } = await desk(page, 30);
    await page.setViewportSize({ width: 1280, height: 900 });
    for (const student of ['Be', 'Ab', 'As']) {
      await page.goto(gradebook);
      await page.getByRole('link', { name: `Edit Student ${student} of ${group(material)}` }).click();
      await firstFieldHasTheKeyboard(page);
    }
    // Only what waits: no column without it.
    await page.getByLabel('Only where something waits for a grade').check();
    await page.getByRole('button', { name: 'Filter' }).click();
    const cells = page.locator('.gradebook tbody tr td:not(.no-print)');
    await expect(cells.first()).toBeInViewport();
    const columns = await page.locator('.gradebook thead th').count();
    for (let column = 3; column <= columns; column += 1) {
      await expect(page.locator(`.gradebook tbody td:nth-child(${column})`).getByText('to grade').first()).toBeVisible();
    }
  });

  test('thirty works are graded by plain forms', async ({ page }) => {
    test.setTimeout(240_000);
    const { grading } = await desk(page, 30);
    await page.goto(grading);
    for (let number = 0; number < 30; number += 1) {
      const here = page.url();
      for (const criterion of await page.locator('.criterion').all()) {
        await criterion.getByRole('radio').nth(number % 4).check();
      }
      await page.getByRole('button', { name: 'Save and next ungraded' }).click();
      if (number < 29 && number > 0) expect(page.url()).not.toBe(here);
    }
    await expect(page.getByText('Nobody waits for a grade any more')).toBeVisible();
    await page.getByText('Options', { exact: true }).click();
    await page.getByRole('link', { name: 'Return all grades' }).click();
    await expect(page.getByText('30 grades are complete and not returned.')).toBeVisible();
    await page.getByRole('button', { name: 'Return all grades' }).click();
    await expect(page.getByText('The students see their grades now.')).toBeVisible();
  });
});
