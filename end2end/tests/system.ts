// The running system under test, as `scripts/demo --json` describes it.
import { execFileSync } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export interface System {
  base_url: string;
  class_code: string;
  staff_email: string;
  staff_password: string;
  totp_secret: string;
  backend: string;
}

const file = process.env.CLASS_HUB_SYSTEM;
if (!file) throw new Error('CLASS_HUB_SYSTEM must name the JSON that scripts/demo --json prints');
export const system: System = JSON.parse(readFileSync(file, 'utf8'));

const demo = path.join(path.dirname(fileURLToPath(import.meta.url)), '../../scripts/demo');

/** Stops or starts one service of the system; the folder it lives in comes by CLASS_HUB_LOCAL. */
export function service(action: 'stop' | 'start', name: string): void {
  execFileSync(demo, [`--${action}`, name], { stdio: 'ignore', timeout: 60_000 });
}

/** The code an authenticator app shows for a base32 secret (RFC 6238: SHA-1, 30 s, 6 digits). */
export function totp(secret: string, now = Date.now()): string {
  const step = Buffer.alloc(8);
  step.writeBigUInt64BE(BigInt(Math.floor(now / 30_000)));
  const mac = createHmac('sha1', base32(secret)).update(step).digest();
  const offset = mac[mac.length - 1]! & 15;
  const number = (mac.readUInt32BE(offset) & 0x7fffffff) % 1_000_000;
  return String(number).padStart(6, '0');
}

function base32(text: string): Buffer {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  const bits = [...text.replace(/[=\s]/g, '').toUpperCase()]
    .map((character) => alphabet.indexOf(character).toString(2).padStart(5, '0'))
    .join('');
  const bytes = bits.match(/.{8}/g) ?? [];
  return Buffer.from(bytes.map((byte) => parseInt(byte, 2)));
}
