// Materials that a walk needs, put into the demonstration class by amira's own forms.
import { expect, type Page } from '@playwright/test';
import { signIn } from './people.ts';

/** The addresses of materials that were just added, by kind. */
export type Added = Record<string, string>;

const rubric = `The message can be read
- Not yet: nobody could read it
- Nearly: some letters were wrong (1)
- Yes: every letter was right (2)

It is polite
- Not yet
- Yes (1)`;

const forms: Record<string, Record<string, string>> = {
  text: { Text: 'Light travels **fast**.\n\n- It needs no wire.\n- It can be seen.' },
  link: { Address: 'https://example.org/light?signals=1' },
  checklist: { Points: 'I planned my signal\nI sent it\nSomebody read it' },
  reflection: { 'What to do': 'What would you do **differently** next time?' },
  rubric: { 'What to do': 'Be honest: nobody grades this.', 'Criteria and levels': rubric },
  upload: { 'What to do': 'Hand in a picture of your lamp.', 'Largest file, in MB': '5' },
  gallery: { 'What to do': 'Show your lamp to the class.', 'Largest file, in MB': '5' },
};

/** Signs amira in and adds a module with a material of each of these kinds; returns the students' addresses. */
export async function addMaterials(page: Page, title: string, kinds = Object.keys(forms)): Promise<Added> {
  await signIn(page);
  await page.locator('main a[href^="/teach/classes/"]:not([href$="/new"])').first().click();
  await page.getByRole('link', { name: 'Work', exact: true }).click();
  await page.getByLabel('Title').fill(title);
  await page.getByRole('button', { name: 'Add the module' }).click();
  const add = page.getByRole('link', { name: `Add material ${title}` });
  const address = (await add.getAttribute('href'))!;
  const added: Added = {};
  for (const kind of kinds) {
    await page.goto(`${address}?kind=${kind}`);
    await page.getByLabel('Title').fill(`${kind} of ${title}`);
    for (const [label, text] of Object.entries(forms[kind]!)) await page.getByLabel(label, { exact: true }).fill(text);
    await page.getByRole('button', { name: 'Save' }).click();
    await expect(page.getByText('This is what your students see now')).toBeVisible();
    added[kind] = `/student/materials/${new URL(page.url()).pathname.split('/').pop()}`;
  }
  return added;
}
