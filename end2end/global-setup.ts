// Says at once when there is no system to walk through, instead of failing every walk.
import { system } from './system.ts';

export default async function checkThatItRuns(): Promise<void> {
  const answer = await fetch(system.base_url).catch(() => undefined);
  if (!answer?.ok) {
    throw new Error(`no Class Hub answers at ${system.base_url}; start one with scripts/demo --detach`);
  }
}
