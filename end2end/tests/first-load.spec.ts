// The first load of a lesson page with its chat, as the browser itself counts it.
import { newName, openALesson } from '../people.ts';
import { expect, test } from '../walk.ts';

/** Most the page may weigh over the wire, all in all, in bytes; and most of it that the WASM may be. */
const BUDGET = 150_000;
const WASM_BUDGET = 120_000;

test('the lesson page with the chat stays within its budget', async ({ page, context }) => {
  const lesson = await openALesson(page, newName('Lena'));
  const cold = await context.newPage();
  const devtools = await context.newCDPSession(cold);
  await devtools.send('Network.enable');
  await devtools.send('Network.setCacheDisabled', { cacheDisabled: true });
  const addresses = new Map<string, string>();
  let total = 0;
  let wasm = 0;
  devtools.on('Network.responseReceived', ({ requestId, response }) => addresses.set(requestId, response.url));
  devtools.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    total += encodedDataLength;
    if (addresses.get(requestId)?.endsWith('.wasm')) wasm += encodedDataLength;
  });
  await cold.goto(lesson);
  await expect(cold.getByTestId('lesson-chat')).toHaveAttribute('data-hydrated', 'true');
  await cold.waitForLoadState('networkidle');
  console.log(`first load: ${total} bytes, of which WASM ${wasm}`);
  expect(wasm, 'WASM').toBeGreaterThan(10_000);
  expect(wasm, 'WASM').toBeLessThanOrEqual(WASM_BUDGET);
  expect(total, 'all').toBeLessThanOrEqual(BUDGET);
});
