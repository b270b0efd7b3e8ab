// Hands that have only a keyboard.
import type { Locator, Page } from '@playwright/test';

/** What has the focus. */
export const focused = (page: Page): Locator => page.locator(':focus');

/** Presses Tab until the focus is on something whose label, text or address matches. */
export async function tabTo(page: Page, what: RegExp): Promise<void> {
  for (let presses = 0; presses < 120; presses += 1) {
    await page.keyboard.press('Tab');
    const named = await focused(page).evaluateAll((elements) =>
      elements.map((element) => {
        const label = (element as HTMLInputElement).labels?.[0]?.textContent ?? '';
        return `${label} ${element.textContent} ${element.getAttribute('href') ?? ''}`;
      }),
    );
    if (named.some((name) => what.test(name))) return;
  }
  throw new Error(`the Tab key never reached ${what}`);
}

/** Goes there and presses Enter. */
export async function press(page: Page, what: RegExp): Promise<void> {
  await tabTo(page, what);
  await page.keyboard.press('Enter');
}
