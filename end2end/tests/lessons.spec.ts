// Lessons as amira opens, writes and publishes them, and as lena reads them.
import type { JSHandle, Locator, Page } from '@playwright/test';
import { newName, openALesson, signIn, signInWithCode } from '../people.ts';
import { accessible, expect, test } from '../walk.ts';

/** The class's Lessons tab. */
async function openLessonsTab(page: Page): Promise<void> {
  await page.goto('/teach');
  await page.locator('main a[href^="/teach/classes/"]:not([href$="/new"]):not([href$="/roster"]):not([href*="/materials"])').first().click();
  await page.getByRole('link', { name: 'Lessons', exact: true }).click();
  await expect(page).toHaveURL(/\/lessons$/);
}

function lastRow(page: Page): Locator {
  return page.locator('.release-row').last();
}

/** The editor of the first lesson of the class's course. */
async function openEditor(page: Page): Promise<void> {
  await openLessonsTab(page);
  await page.locator('.release-row').first().getByRole('link').first().click();
  await page.getByRole('link', { name: 'Edit the lesson' }).click();
  await expect(page).toHaveURL(/\/edit$/);
}

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? 'with JavaScript' : 'without JavaScript', () => {
    test.use({ javaScriptEnabled });

    test('amira locks a lesson, lena finds its introduction only, amira opens it again', async ({ page, browser }) => {
      await signIn(page);
      await openLessonsTab(page);
      await accessible(page);
      await lastRow(page).getByText('Change').click();
      await accessible(page);
      await lastRow(page).getByRole('button', { name: 'Lock' }).click();
      await expect(lastRow(page)).toContainText('Locked');
      const title = (await lastRow(page).getByRole('link').first().textContent())!.trim();

      const phone = await browser.newContext({ viewport: { width: 390, height: 844 }, javaScriptEnabled });
      const lena = await phone.newPage();
      await openALesson(lena, newName('Lena'));
      await lena.goto('/student');
      await lena.getByRole('link', { name: title }).first().click();
      await expect(lena.getByRole('heading', { level: 1 })).toHaveText(title);
      await expect(lena.getByRole('main')).toContainText('Locked');
      await expect(lena.getByTestId('lesson-chat')).toHaveCount(0);
      await accessible(lena);
      const address = lena.url();

      await lastRow(page).getByText('Change').click();
      await lastRow(page).getByRole('button', { name: 'Open now' }).click();
      await expect(lastRow(page)).toContainText('Open');
      await lena.goto(address);
      await expect(lena.getByTestId('lesson-chat')).toBeVisible();
      await phone.close();
    });

    test('amira schedules a lesson to the minute, and a day that is none stays typed', async ({ page }) => {
      await signIn(page);
      await openLessonsTab(page);
      await lastRow(page).getByText('Change').click();
      await lastRow(page).getByLabel('Opens on').fill('2031-05-06');
      await lastRow(page).getByLabel('At').fill('');
      await lastRow(page).getByRole('button', { name: 'Open then' }).click();
      await expect(page.getByRole('alert')).toContainText('Choose a time');
      await expect(lastRow(page).getByLabel('Opens on')).toHaveValue('2031-05-06');
      await accessible(page);
      await lastRow(page).getByLabel('At').fill('08:15');
      await lastRow(page).getByRole('button', { name: 'Open then' }).click();
      await expect(lastRow(page)).toContainText('Opens 6 May 2031, 08:15');
      await lastRow(page).getByText('Change').click();
      await lastRow(page).getByRole('button', { name: 'Leave it to the course' }).click();
      await expect(lastRow(page)).toContainText('Open');
    });

    test('amira writes, previews and publishes, and brings the old version back', async ({ page }) => {
      await signIn(page);
      await openEditor(page);
      await accessible(page);
      const text = page.getByRole('textbox', { name: 'Text', exact: true });
      const mark = `A line of today, ${Date.now()}.`;
      // At the beginning: what stands at the end of this lesson is for teachers.
      await text.fill(`${mark}\n\n${await text.inputValue()}`);
      // What is typed is kept first, then the page comes anew.
      await Promise.all([page.waitForEvent('load'), page.getByRole('button', { name: 'Show preview' }).click()]);
      await expect(page.locator('[data-preview]')).toContainText(mark);
      await accessible(page);
      await page.getByRole('button', { name: 'Publish' }).click();
      await expect(page).toHaveURL(/\/history$/);
      await accessible(page);
      await page.getByRole('link', { name: /^Compare with/ }).first().click();
      const added = page.getByRole('row').filter({ hasText: mark });
      await expect(added).toContainText('Added');
      await accessible(page);
      await page.getByRole('button', { name: /^Publish this version again/ }).first().click();
      await expect(page.getByRole('status')).toContainText('old version');
    });
  });
}

/** Files as somebody drags them in. */
async function dragged(page: Page, files: { name: string; type: string; content: string }[]): Promise<JSHandle<DataTransfer>> {
  return page.evaluateHandle((given) => {
    const transfer = new DataTransfer();
    for (const { name, type, content } of given) {
      const bytes = Uint8Array.from(atob(content), (letter) => letter.charCodeAt(0));
      transfer.items.add(new File([bytes], name, { type }));
    }
    return transfer;
  }, files);
}

const DOT = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

/** The editor of the first lesson, alive, and its text. */
async function openLiveEditor(page: Page): Promise<Locator> {
  await openEditor(page);
  await expect(page.locator('[data-editor]')).toHaveAttribute('data-hydrated', 'true');
  return page.getByRole('textbox', { name: 'Text', exact: true });
}

async function throwTheDraftAway(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Throw the draft away' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'The draft is gone' })).toBeVisible();
}

test('what amira types is previewed and kept by itself', async ({ page }) => {
  await signIn(page);
  const text = await openLiveEditor(page);
  await expect(page.getByRole('button', { name: 'Throw the draft away' })).toBeHidden();
  const mark = `Typed at ${Date.now()}`;
  await text.press('Control+Home');
  await text.pressSequentially(`**${mark}**\n\n`);
  await expect(page.locator('[data-preview] strong').filter({ hasText: mark })).toBeVisible();
  await expect(page.locator('#draft-state')).toContainText('Draft saved');

  // With a mistake in it the last preview stays, held back, under what is wrong.
  const before = await text.inputValue();
  await text.fill(`${before}\n\n![none](../assets/none-at-all.png)\n`);
  await expect(page.locator('.preview-problems')).toContainText('none-at-all.png');
  await expect(page.locator('.preview-shown[data-held] strong').filter({ hasText: mark })).toBeVisible();
  await accessible(page);
  await text.fill(before);
  await expect(page.locator('.preview-problems')).toBeEmpty();
  await expect(page.locator('.preview-shown')).not.toHaveAttribute('data-held');

  await page.reload();
  await expect(text).toHaveValue(new RegExp(mark));
  await throwTheDraftAway(page);
  await expect(text).not.toHaveValue(new RegExp(mark));
  await accessible(page);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(text).toHaveValue(new RegExp(mark));
  await throwTheDraftAway(page);
});

test('pictures that amira drops anywhere on the page stand in their order, and what was refused is said', async ({ page }) => {
  await signIn(page);
  const text = await openLiveEditor(page);
  await text.fill('Look: here');
  await text.evaluate((field: HTMLTextAreaElement) => field.setSelectionRange(5, 5));
  const files = await dragged(page, [
    { name: 'one dot.png', type: 'image/png', content: DOT },
    { name: 'no picture.png', type: 'image/png', content: btoa('<script>') },
    { name: 'another dot.png', type: 'image/png', content: DOT },
  ]);
  await page.getByRole('heading', { level: 1 }).dispatchEvent('drop', { dataTransfer: files });
  await expect(text).toHaveValue(
    /^Look:\n\n!\[one dot\]\(\.\.\/assets\/one-dot-[0-9a-f]+\.png\)\n\n!\[another dot\]\(\.\.\/assets\/another-dot-[0-9a-f]+\.png\)\n\n here$/,
  );
  await expect(page.locator('[data-preview] img[alt="one dot"]')).toBeVisible();
  await expect(page.locator('#draft-state')).toContainText('Draft saved');
  await expect(page.locator('.editor-state')).toContainText('no picture.png: This is no PNG');
  await throwTheDraftAway(page);
});

test('amira’s last words are kept when she leaves at once', async ({ page }) => {
  await signIn(page);
  const text = await openLiveEditor(page);
  const mark = `Last words of ${Date.now()}`;
  const asked: string[] = [];
  page.on('dialog', (dialog) => {
    asked.push(dialog.type());
    void dialog.accept();
  });
  await text.press('Control+Home');
  await text.pressSequentially(`${mark}\n\n`);
  await page.getByRole('link', { name: 'Courses', exact: true }).click();
  await expect(page).toHaveURL(/\/teach\/courses$/);
  expect(asked).toEqual(['beforeunload']);
  await openLiveEditor(page);
  await expect(text).toHaveValue(new RegExp(mark));
  await throwTheDraftAway(page);
  // Nothing is asked where nothing would be lost.
  expect(asked).toEqual(['beforeunload']);
});

test('what amira typed stays when her session has ended, until she is back', async ({ page, context }) => {
  test.slow();
  await signIn(page);
  const text = await openLiveEditor(page);
  const mark = `Signed out at ${Date.now()}`;
  await text.fill(`${mark}\n\n${await text.inputValue()}`);
  await context.clearCookies();
  await page.getByRole('button', { name: 'Publish' }).click();
  await expect(page.locator('.editor-state')).toContainText('What you typed stays here');
  await expect(page).toHaveURL(/\/edit$/);
  await expect(text).toHaveValue(new RegExp(mark));
  await accessible(page);
  const [other] = await Promise.all([
    context.waitForEvent('page'),
    page.getByRole('link', { name: 'Sign in again in a new tab' }).click(),
  ]);
  await other.waitForURL(/\/teach\/login/);
  // A session of its own: the form's token is of the one that has ended.
  await signInWithCode(other);
  await other.close();
  // The page tries again by itself, with the new session.
  await expect(page.locator('#draft-state')).toContainText('Draft saved', { timeout: 20_000 });
  await expect(page.locator('.editor-state')).toBeEmpty();
  await throwTheDraftAway(page);
});

test('lena finds her way in a lesson, on a phone and on paper', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await openALesson(page, newName('Lena'));
  await accessible(page);
  await expect(page.getByRole('main').getByRole('link', { name: 'Ask the helper' })).toBeVisible();
  const contents = page.locator('.toc-folded');
  await contents.locator('summary').click();
  const first = contents.getByRole('link').first();
  const heading = await first.textContent();
  await first.click();
  await expect(page.getByRole('heading', { name: heading!, exact: true })).toBeInViewport();
  await expect(page.locator('pre code span[class^="hl-"]').first()).toBeAttached();
  await page.emulateMedia({ media: 'print' });
  await expect(page.getByTestId('lesson-chat')).toBeHidden();
  await expect(page.locator('.top-bar')).toBeHidden();
  await expect(page.locator('.prose').first()).toBeVisible();
});

test('amira’s files have folders, and are hidden until she publishes them', async ({ page }) => {
  await signIn(page);
  await page.goto('/teach/files');
  await accessible(page);
  await page.getByText('Add a file').click();
  await page.getByLabel('Folder').first().fill('sheets/test');
  await page.getByLabel('File', { exact: true }).setInputFiles({
    name: 'dots.txt',
    mimeType: 'text/plain',
    buffer: Buffer.from('dots and dashes'),
  });
  await page.getByRole('button', { name: 'Upload' }).click();
  const row = page.locator('.link-row').filter({ hasText: 'dots.txt' }).first();
  await expect(row).toContainText('Hidden');
  await row.getByText('Change').click();
  await accessible(page);
  await row.getByRole('button', { name: 'Publish' }).click();
  await expect(row).toContainText('Published');
  await row.getByText('Change').click();
  await row.getByRole('button', { name: 'Delete' }).click();
  await page.getByRole('button', { name: /^Bring back/ }).first().click();
  await expect(row).toBeVisible();
  await row.getByText('Change').click();
  await row.getByRole('button', { name: 'Delete' }).click();
});
