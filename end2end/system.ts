// The running system under test, as `scripts/demo --json` describes it.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export interface System {
  base_url: string;
  class_code: string;
  staff_email: string;
  staff_password: string;
  totp_secret: string;
  organisation: string;
  /** ollama, chat-completions, embedded or lesson-only */
  backend: string;
  /** The servers themselves, past the edge. */
  hub_url: string;
  helper_url: string;
  admin_database_url: string;
  logs: string;
  local: string;
  /** Path of scripts/demo. */
  demo: string;
}

export type Service = 'postgres' | 'redis' | 'hub' | 'helper' | 'caddy';

const description =
  process.env.CLASS_HUB_SYSTEM ?? fileURLToPath(new URL('../.local/demo.json', import.meta.url));

export const system: System = JSON.parse(readFileSync(description, 'utf8'));

/** Stops one part of the system and returns when it is gone. */
export function stopService(service: Service): void {
  demo('--stop', service);
}

/** Starts one part of the system and returns when it is ready. */
export function startService(service: Service): void {
  demo('--start', service);
}

function demo(...args: string[]): void {
  execFileSync(system.demo, args, { env: { ...process.env, CLASS_HUB_LOCAL: system.local }, stdio: 'inherit' });
}
