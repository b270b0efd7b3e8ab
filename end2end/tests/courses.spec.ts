// A course comes in, goes to a class, and goes out again: by the browser, as a teacher does it.
import { readFileSync } from 'node:fs';
import { signIn } from '../people.ts';
import { accessible, expect, test } from '../walk.ts';

const PLAN = `# Kites and wind

Three mornings outdoors.

## Session 01: Feel the wind

### Mission
Find out where the wind comes from.

### Materials
- A scarf

### Checkpoints
- You can point to where it comes from.

## Session 02: Build a kite

### Mission
Build a kite that stays up.
`;

test('amira brings in a session plan, looks at it first, gives it to her class and takes it out as a zip', async ({ page }) => {
  await signIn(page);
  await page.getByRole('link', { name: 'Courses' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Courses' })).toBeVisible();
  await accessible(page);

  await page.getByLabel('File').setInputFiles({ name: 'kites.md', mimeType: 'text/markdown', buffer: Buffer.from(PLAN) });
  await page.getByRole('button', { name: 'See what it does' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Kites and wind' })).toBeVisible();
  await expect(page.getByRole('row', { name: /Feel the wind/ })).toBeVisible();
  await accessible(page);

  await page.getByRole('button', { name: 'Import it', exact: true }).click();
  await expect(page.getByText('The course is imported')).toBeVisible();
  await accessible(page);
  // Another run may have left it in the class.
  const give = page.getByRole('button', { name: 'Give it to this class' });
  if (await give.isVisible()) {
    await page.getByLabel('Class').selectOption({ index: 1 });
    await give.click();
  }
  await expect(page.getByRole('button', { name: /Take it away/ })).toBeVisible();
  await accessible(page);

  const download = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Download as a zip' }).click();
  const zip = await download;
  expect(zip.suggestedFilename()).toBe('kites-and-wind.zip');
  expect(readFileSync(await zip.path()).subarray(0, 2).toString()).toBe('PK');

  await page.getByRole('button', { name: /Take it away/ }).click();
  await expect(page.getByText('The class no longer has this course.')).toBeVisible();
});

test('a course with mistakes is answered with the place of each', async ({ page }) => {
  await signIn(page);
  await page.goto('/teach/courses');
  await page.getByLabel('File').setInputFiles({ name: 'notes.md', mimeType: 'text/markdown', buffer: Buffer.from('Just notes') });
  await page.getByRole('button', { name: 'See what it does' }).click();
  await expect(page.getByRole('alert')).toContainText('notes.md was read');
  await expect(page.getByRole('row', { name: /has no session/ })).toBeVisible();
  await accessible(page);
});

test('amira writes a course of her own, arranges it, and takes back what she deleted', async ({ page }) => {
  await signIn(page);
  await page.goto('/teach/courses');
  await page.getByRole('link', { name: 'New course' }).click();
  await accessible(page);
  await page.getByLabel('Title').fill('Shadows');
  await page.getByRole('button', { name: 'Create the course' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Shadows' })).toBeVisible();
  await accessible(page);
  const course = new URL(page.url()).pathname;

  for (const title of ['Long shadows', 'Short shadows']) {
    await page.goto(`${course}/lessons/new`);
    await page.getByLabel('Title').fill(title);
    await page.locator('textarea[name="body"]').fill('Look at the ground.');
    await page.getByRole('button', { name: 'Publish', exact: true }).click();
    await expect(page).not.toHaveURL(/\/lessons\/new/);
  }

  await page.goto(course);
  await page.getByRole('link', { name: 'Arrange lessons' }).click();
  await accessible(page);
  await page.getByRole('button', { name: /^Up\s*: Short shadows/ }).click();
  await expect(page.locator('.link-row').first()).toContainText('Short shadows');
  await page.getByRole('link', { name: /^Delete…\s*: Long shadows/ }).click();
  await expect(page.getByText('nobody sees the lesson')).toBeVisible();
  await accessible(page);
  await page.getByRole('button', { name: 'Delete the lesson' }).click();
  await accessible(page);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(page.locator('.link-row')).toHaveCount(2);

  await page.goto(`${course}/deletion`);
  await accessible(page);
  await page.getByRole('button', { name: 'Delete the course' }).click();
  await accessible(page);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Shadows' })).toBeVisible();
  await page.goto(`${course}/deletion`);
  await page.getByRole('button', { name: 'Delete the course' }).click();
  await expect(page.getByText('The course is deleted')).toBeVisible();
});
