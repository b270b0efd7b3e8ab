// What people do on the pages, one verb each.
import { expect, type Locator, type Page } from '@playwright/test';
import { createHmac } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { system } from './system.ts';

let joined = 0;
/** A name nobody in the class has yet. */
export function newName(name: string): string {
  joined += 1;
  // Letters around it: now and then the time is all digits, and a name may not look like a telephone number.
  return `${name} t${Date.now().toString(36).slice(-5)}x${joined}`;
}

/** Types code and name on the start page; ends on the return card. */
export async function join(page: Page, name: string): Promise<void> {
  await page.goto('/');
  await page.getByLabel('Class code').fill(system.class_code);
  await page.getByLabel('Your name').fill(name);
  await page.getByRole('button', { name: 'Join', exact: true }).click();
  await expect(page).toHaveURL(/\/student\/return-code$/);
}

/** Says that the return code is written down; ends on the student's page. */
export async function putReturnCodeAway(page: Page): Promise<void> {
  await page.getByRole('main').getByRole('button').last().click();
  await expect(page).toHaveURL(/\/student$/);
}

/** From the start page to the first lesson; returns the lesson's path. */
export async function openALesson(page: Page, name: string): Promise<string> {
  await join(page, name);
  await putReturnCodeAway(page);
  await page.locator('main a[href^="/student/lessons/"]').first().click();
  await expect(page).toHaveURL(/\/student\/lessons\//);
  return new URL(page.url()).pathname;
}

/**
 * Opens amira's first page, signed in. The first walk that needs her signs her in, and the others go on with her
 * session: a code counts once, so that signing in each time would wait half a minute each time.
 */
export async function signIn(page: Page): Promise<void> {
  if (existsSync(KEPT_SESSION)) {
    await page.context().addCookies(JSON.parse(readFileSync(KEPT_SESSION, 'utf8')));
    await page.goto('/teach');
    if (new URL(page.url()).pathname === '/teach') return;
  }
  await signInWithCode(page);
  const cookies = await page.context().cookies();
  writeFileSync(KEPT_SESSION, JSON.stringify(cookies.filter(({ name }) => name.endsWith('staff'))), { mode: 0o600 });
}

/** Signs amira in with password and code. */
export async function signInWithCode(page: Page): Promise<void> {
  await page.goto('/teach/login');
  await page.getByLabel('E-mail address').fill(system.staff_email);
  await page.getByLabel('Password').fill(system.staff_password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page).toHaveURL(/\/teach\/login\/code/);
  await typeCode(page, 'Continue');
  await expect(page).toHaveURL(/\/teach$/);
}

/** Beside the system it opens, for as long as the session lasts. */
const KEPT_SESSION = path.join(system.local, 'end2end-session.json');

/** Types codes until one is taken: each counts once, and an earlier walk may have used this one. */
async function typeCode(page: Page, button: string): Promise<void> {
  const field = page.getByLabel('Six-digit code');
  for (let tries = 0; tries < 3; tries += 1) {
    const step = Math.floor(Date.now() / STEP_MS);
    await field.fill(totp(system.totp_secret, step));
    await page.getByRole('button', { name: button }).click();
    if (!(await field.isVisible())) return;
    await page.waitForTimeout((step + 1) * STEP_MS - Date.now() + 50);
  }
}

const STEP_MS = 30_000;

/** What an authenticator app shows for a base32 secret in one 30-second step (RFC 6238, SHA-1, 6 digits). */
export function totp(secret: string, step: number): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const mac = createHmac('sha1', base32(secret)).update(counter).digest();
  const offset = mac[mac.length - 1]! & 15;
  return String((mac.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}

function base32(text: string): Buffer {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  const bits = [...text].map((letter) => alphabet.indexOf(letter).toString(2).padStart(5, '0')).join('');
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => parseInt(byte, 2)));
}

/** The chat on a lesson page, with the island alive. */
export class Chat {
  readonly root: Locator;
  readonly question: Locator;
  readonly log: Locator;
  readonly stop: Locator;

  constructor(page: Page) {
    this.root = page.getByTestId('lesson-chat');
    this.question = this.root.getByLabel('Your question');
    this.log = this.root.getByRole('log');
    this.stop = this.root.getByRole('button', { name: 'Stop' });
  }

  async alive(): Promise<void> {
    await expect(this.root).toHaveAttribute('data-hydrated', 'true');
  }

  async ask(question: string): Promise<void> {
    await this.question.fill(question);
    await this.question.press('Enter');
  }

  /** The newest answer as it stands. */
  answer(): Locator {
    return this.log.locator('.chat-answer').last();
  }

  /** Waits until the newest answer has some text while it is still being written. */
  async streaming(): Promise<void> {
    await expect(this.answer()).not.toBeEmpty();
    await expect(this.stop).toBeVisible();
  }

  async answered(): Promise<void> {
    await expect(this.stop).toBeHidden({ timeout: 60_000 });
    await expect(this.answer()).not.toBeEmpty();
  }
}
