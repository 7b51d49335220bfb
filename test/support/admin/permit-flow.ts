import { expect } from 'vitest';

import { askFor } from '../http/held-request.ts';
import type { AdminClient } from './admin-client.ts';

/** When a permit was given, on its store's clock, in ms. */
interface Given {
  readonly givenAt: number;
}

/**
 * Takes so many permits of a bot, one after the other: as much time as those of its buckets had who are held back
 * meanwhile.
 */
export async function takePermits(url: string, bot: string, count: number): Promise<void> {
  for (let shard = 0; shard < count; shard += 1) {
    expect((await askFor(url, shard, bot).answer)?.status).toBe(200);
  }
}

/** Those given after `from` and before `to`, both on the clock of their store. */
export function permitsBetween<Permit extends Given>(
  permits: readonly Permit[],
  from: number,
  to: number,
): Permit[] {
  return permits.filter(({ givenAt }) => givenAt > from && givenAt < to);
}

/**
 * Puts a pause that overlaps another one and lifts it, again and again: each time those who wait are told that something
 * has changed, and ask anew.
 *
 * @param path of the pause
 */
export async function stir(admin: AdminClient, path: string): Promise<void> {
  for (let round = 0; round < 10; round += 1) {
    expect((await admin.put(path, { reason: 'To stir them' })).status).toBe(200);
    expect((await admin.delete(path)).status).toBe(204);
  }
}
