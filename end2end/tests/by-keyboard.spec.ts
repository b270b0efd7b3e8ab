// A whole afternoon of jonas with nothing but a keyboard, with and without JavaScript: he joins, reads, hands a file in,
// writes a reflection and ends his session.
import { press, tabTo } from '../keyboard.ts';
import { newName } from '../people.ts';
import { system } from '../system.ts';
import { expect, test } from '../walk.ts';
import { addMaterials } from '../work.ts';

const title = `Mirrors ${Date.now().toString(36).slice(-4)}`;

test.beforeAll(async ({ browser }) => {
  const page = await browser.newPage();
  await addMaterials(page, title, ['upload', 'reflection']);
  await page.close();
});

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? 'with JavaScript' : 'without JavaScript', () => {
    test.use({ javaScriptEnabled });

    test('jonas joins, reads, hands in, reflects and leaves by keyboard alone', async ({ page }) => {
      await page.goto('/');
      await tabTo(page, /Class code/);
      await page.keyboard.type(system.class_code);
      await tabTo(page, /Your name/);
      await page.keyboard.type(newName('Jonas'));
      await page.keyboard.press('Enter');
      await expect(page).toHaveURL(/\/student\/return-code$/);
      await press(page, /written/i);
      await expect(page).toHaveURL(/\/student$/);

      await press(page, /\/student\/lessons\//);
      await expect(page).toHaveURL(/\/student\/lessons\//);
      await expect(page.locator('.prose').first()).toBeVisible();
      await press(page, /I have finished this lesson/);
      await expect(page).toHaveURL(/\/student$/);

      await press(page, new RegExp(`upload of ${title}`));
      await expect(page.getByRole('heading', { level: 1 })).toHaveText(`upload of ${title}`);
      await tabTo(page, /Your file/);
      const [chooser] = await Promise.all([page.waitForEvent('filechooser'), page.keyboard.press('Enter')]);
      await chooser.setFiles({ name: 'mirror.txt', mimeType: 'text/plain', buffer: Buffer.from('It shines.') });
      await press(page, /^\s*Hand in\s*$/);
      await expect(page.getByTestId('submission-state')).toContainText('Handed in');
      await expect(page.getByTestId('version')).toContainText(['mirror.txt']);

      await page.goto('/student');
      await press(page, new RegExp(`reflection of ${title}`));
      await expect(page.getByRole('heading', { level: 1 })).toHaveText(`reflection of ${title}`);
      await tabTo(page, /Your answer/);
      await page.keyboard.type('I would hold it still.');
      await press(page, /^\s*Hand in\s*$/);
      await expect(page.getByText('Handed in. You can still change it.')).toBeVisible();

      await page.goto('/student');
      await press(page, /End session/);
      await expect(page).not.toHaveURL(/\/student$/);
      await page.goto('/student');
      await expect(page).not.toHaveURL(/\/student$/);
    });
  });
}
