// The test every walk is: its pages may ask nobody but the system, and may not complain.
import AxeBuilder from '@axe-core/playwright';
import { test as base, expect, type BrowserContext, type Page } from '@playwright/test';
import { system } from './system.ts';

export { expect };

/** Whether pages of the walk under way run scripts. */
let scripts = true;

export const test = base.extend<{ watched: void }>({
  watched: [
    async ({ context, javaScriptEnabled }, use) => {
      scripts = javaScriptEnabled;
      const seen = watch(context);
      await use();
      expect(seen.strangers, 'requests to third parties').toEqual([]);
      expect(seen.complaints, 'complaints in the console').toEqual([]);
    },
    { auto: true },
  ],
});

interface Seen {
  strangers: string[];
  complaints: string[];
}

function watch(context: BrowserContext): Seen {
  const seen: Seen = { strangers: [], complaints: [] };
  const home = new URL(system.base_url).origin;
  context.on('request', (request) => {
    const url = new URL(request.url());
    if (url.protocol.startsWith('http') && url.origin !== home) seen.strangers.push(request.url());
  });
  context.on('console', (message) => {
    // Answers with an error status and cut connections are reported here too; walks judge those by the page.
    const ofTheNetwork = message.text().startsWith('Failed to load resource');
    // Without JavaScript nothing uses what a page with a script says it will need.
    const unused = !scripts && message.text().includes('was preloaded using link preload but not used');
    const complains = ['error', 'warning'].includes(message.type());
    if (complains && !ofTheNetwork && !unused) seen.complaints.push(message.text());
  });
  context.on('weberror', (error) => seen.complaints.push(String(error.error())));
  return seen;
}

/**
 * No violation, in light and in dark. The program that looks for them waits for timers, which never end where scripts are
 * switched off; each page is looked at in the walk that has them.
 */
export async function accessible(page: Page): Promise<void> {
  if (!scripts) return;
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    const { violations } = await new AxeBuilder({ page }).analyze();
    const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' | ')}`);
    expect(found, `${colorScheme} ${page.url()}`).toEqual([]);
  }
}
