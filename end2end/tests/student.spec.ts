// Walk 2: jonas joins with class code and name, is shown his return code, and opens a lesson.
import { tabTo } from '../keyboard.ts';
import { join, newName, openALesson, putReturnCodeAway } from '../people.ts';
import { system } from '../system.ts';
import { accessible, expect, test } from '../walk.ts';
import { addMaterials } from '../work.ts';

test('jonas joins, keeps his return code and opens a lesson', async ({ page }) => {
  await page.goto('/');
  await accessible(page);
  const jonas = newName('Jonas');
  await join(page, jonas);
  await expect(page.getByRole('main').getByText(jonas)).toBeVisible();
  await accessible(page);
  await putReturnCodeAway(page);
  await accessible(page);
  await page.locator('main a[href^="/student/lessons/"]').first().click();
  await expect(page.getByTestId('lesson-chat')).toHaveAttribute('data-hydrated', 'true');
  await accessible(page);
});

test('jonas does all of it with the keyboard alone', async ({ page }) => {
  await page.goto('/');
  await tabTo(page, /Class code/);
  await page.keyboard.type(system.class_code);
  await tabTo(page, /Your name/);
  await page.keyboard.type(newName('Jonas'));
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/student\/return-code$/);
  await tabTo(page, /written/i);
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/student$/);
  await tabTo(page, /\/student\/lessons\//);
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/student\/lessons\//);
  await tabTo(page, /Your question/);
  await page.keyboard.type('I am stuck');
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('lesson-chat').getByRole('log')).toContainText('I am stuck');
});

test('a name that looks like an e-mail address is refused with a reason and stays typed', async ({ page }) => {
  await page.goto('/');
  await page.getByLabel('Class code').fill(system.class_code);
  await page.getByLabel('Your name').fill('jonas@example.org');
  await page.getByRole('button', { name: 'Join', exact: true }).click();
  await expect(page.getByLabel('Your name')).toHaveValue('jonas@example.org');
  await expect(page.getByLabel('Your name')).toHaveAttribute('aria-invalid', 'true');
  await accessible(page);
});

test('somebody else’s name alone opens nothing', async ({ page, browser }) => {
  const lena = newName('Lena');
  await openALesson(page, lena);
  const elsewhere = await browser.newContext();
  const other = await elsewhere.newPage();
  await other.goto('/');
  await other.getByLabel('Class code').fill(system.class_code);
  await other.getByLabel('Your name').fill(lena);
  await other.getByRole('button', { name: 'Join', exact: true }).click();
  await accessible(other);
  await other.goto('/student');
  await expect(other).not.toHaveURL(/\/student$/);
  await elsewhere.close();
});

test('an address that is not there offers a way on', async ({ page }) => {
  await page.goto('/no/such/page');
  await expect(page.getByRole('main').getByRole('link').first()).toBeVisible();
  await accessible(page);
});

test('long words stay on a phone’s page', async ({ page, browser }) => {
  const word = `${newName('D').replaceAll(' ', '')}${'onaudampfschifffahrtsgesellschaftskapitaen'.repeat(2)}`.slice(0, 70);
  const teacher = await browser.newPage();
  const added = await addMaterials(teacher, word, ['reflection']);
  await teacher.close();
  await page.setViewportSize({ width: 390, height: 844 });
  const name = `${newName('J').replaceAll(' ', '')}${'w'.repeat(40)}`.slice(0, 40);
  await join(page, name);
  await putReturnCodeAway(page);
  const fits = async () => expect(await page.evaluate(() => document.documentElement.scrollWidth), page.url()).toBe(390);
  await fits();
  await page.goto(added.reflection!);
  await fits();
  await page.goto('/');
  await fits();
  await page.goto('/student');
  await page.getByRole('button', { name: 'End session', exact: true }).click();
  await expect(page.getByRole('button', { name: `Go on as ${name}` })).toBeVisible();
  await fits();
});
