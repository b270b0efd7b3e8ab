// What every walk shares: a page that watches for strangers and errors, and the verbs of people.
import AxeBuilder from '@axe-core/playwright';
import { expect, test as base, type Browser, type BrowserContext, type Page } from '@playwright/test';
import { system, totp } from './system';

/** A test whose pages may ask nobody but the system, and may not complain in the console. */
export const test = base.extend<{ watched: void }>({
  watched: [
    async ({ context }, use) => {
      const seen = watch(context);
      await use();
      expect(seen.strangers, 'requests to third parties').toEqual([]);
      expect(seen.complaints, 'errors in the console').toEqual([]);
    },
    { auto: true },
  ],
});

export { expect };

interface Seen {
  strangers: string[];
  complaints: string[];
}

export function watch(context: BrowserContext): Seen {
  const seen: Seen = { strangers: [], complaints: [] };
  const home = new URL(system.base_url).origin;
  context.on('request', (request) => {
    const url = new URL(request.url());
    if (url.protocol.startsWith('http') && url.origin !== home) seen.strangers.push(request.url());
  });
  context.on('console', (message) => {
    // An answer with an error status is reported here too; the walks judge those by the page.
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource')) {
      seen.complaints.push(message.text());
    }
  });
  context.on('weberror', (error) => seen.complaints.push(String(error.error())));
  return seen;
}

/** No violation in light and in dark. */
export async function accessible(page: Page): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']).analyze();
    const found = violations.map((violation) => `${violation.id}: ${violation.nodes.map((node) => node.html).join(' | ')}`);
    expect(found, `${colorScheme} ${page.url()}`).toEqual([]);
  }
  await page.emulateMedia({ colorScheme: null });
}

let number = 0;
/** A name nobody in the class has yet. */
export function newName(name: string): string {
  number += 1;
  return `${name} ${(Date.now() % 100_000_000).toString(36)}${number}`;
}

/** Joins the class on the start page and puts the return code away. */
export async function join(page: Page, name: string): Promise<void> {
  await page.goto('/');
  await page.getByLabel('Class code').fill(system.class_code);
  await page.getByLabel('Your name').fill(name);
  await page.getByRole('button', { name: 'Join' }).click();
  await expect(page.getByText('return code').first()).toBeVisible();
  await page.getByRole('link', { name: /written it down/i }).or(page.getByRole('button', { name: /written it down/i })).click();
  await expect(page).toHaveURL(/\/student$/);
}

/** Opens the first lesson and returns its path. */
export async function openFirstLesson(page: Page): Promise<string> {
  await page.locator('main a[href^="/student/lessons/"]').first().click();
  await expect(page).toHaveURL(/\/student\/lessons\//);
  return new URL(page.url()).pathname;
}

/** A code of the authenticator that was not used yet: each step counts once. */
let lastStep = 0;
export async function freshCode(secret: string): Promise<string> {
  while (Math.floor(Date.now() / 30_000) <= lastStep) await new Promise((resolve) => setTimeout(resolve, 500));
  lastStep = Math.floor(Date.now() / 30_000);
  return totp(secret);
}

/** Signs amira in with password and code. */
export async function signIn(page: Page): Promise<void> {
  await page.goto('/teach/login');
  await page.getByLabel('E-mail address').fill(system.staff_email);
  await page.getByLabel('Password').fill(system.staff_password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page).toHaveURL(/\/teach\/login\/code/);
  for (let tries = 0; tries < 3; tries += 1) {
    await page.getByLabel('Six-digit code').fill(await freshCode(system.totp_secret));
    await page.getByRole('button', { name: 'Continue' }).click();
    if (/\/teach$/.test(new URL(page.url()).pathname)) return;
  }
  await expect(page).toHaveURL(/\/teach$/);
}

/** A page without JavaScript, watched like the others. */
export async function plainPage(browser: Browser): Promise<{ page: Page; close: () => Promise<void> }> {
  const context = await browser.newContext({ javaScriptEnabled: false, baseURL: system.base_url });
  const seen = watch(context);
  const page = await context.newPage();
  const close = async () => {
    await context.close();
    expect(seen.strangers).toEqual([]);
  };
  return { page, close };
}
