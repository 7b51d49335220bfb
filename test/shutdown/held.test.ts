import { setTimeout as sleep } from 'node:timers/promises';

import { afterEach, expect, test } from 'vitest';

import { AdminClient } from '../support/admin/admin-client.ts';
import { ADMIN_TOKENS } from '../support/admin/operators.ts';
import { monotonicNow } from '../support/discord/index.ts';
import { makeDataDir, removeDataDirs } from '../support/state/data-dirs.ts';
import { askFor, type HeldRequest } from '../support/http/held-request.ts';
import { storedRanks } from '../support/state/stored-state.ts';
import { startService, type Service } from '../support/service/service.ts';

const HELD = 2000;

/** Long before this is over the test is: nothing is granted. */
const NEVER_MS = '3600000';

const TIMEOUT_MS = 10_000;

/** Between two reads of a list, which the service makes once a second, ms. */
const POLL_MS = 50;

let service: Service | undefined;
afterEach(async () => {
  await service?.kill();
  await removeDataDirs();
});

/** Resolves when all of them have their ranks. What was only just asked has none yet, and so no place to keep. */
async function allInLine(asked: Pick<Service, 'url'>): Promise<void> {
  const admin = AdminClient.as('eve', asked);
  for (;;) {
    const { total } = await admin.read<{ total: number }>('/bots/default/waiters?limit=1');
    if (total === HELD) return;
    await sleep(POLL_MS);
  }
}

/** Ends the service while all requests are held, and expects that no client receives a byte. */
async function endSilently(held: readonly HeldRequest[], signal: NodeJS.Signals): Promise<void> {
  if (!service) throw new Error('No service was started');
  await allInLine(service);
  expect(held.filter(({ isHeld }) => isHeld)).toHaveLength(HELD);
  const signalledAt = monotonicNow();
  expect(await service.stop(signal)).toBe(0);
  expect(monotonicNow() - signalledAt).toBeLessThan(TIMEOUT_MS);
  await Promise.all(held.map(({ closed }) => closed));
  expect(held.filter(({ bytesReceived }) => bytesReceived > 0)).toEqual([]);
}

test.each(['SIGTERM', 'SIGINT'] as const)(
  'P6: %s closes 2000 held requests without one byte, and keeps their places',
  async (signal) => {
    const dataDir = await makeDataDir();
    const settings = {
      DATA_DIR: dataDir,
      IDENTIFY_INTERVAL_MS: NEVER_MS,
      SHUTDOWN_TIMEOUT_MS: String(TIMEOUT_MS),
      ADMIN_TOKENS,
    };
    service = await startService(settings);
    const { url } = service;
    await endSilently(
      Array.from({ length: HELD }, (_, shard) => askFor(url, shard)),
      signal,
    );
    const places = await storedRanks(dataDir);
    expect(places).toHaveLength(HELD);

    // In another order they get the same ranks, each of them its own.
    service = await startService(settings);
    const again = service.url;
    await endSilently(
      places.toReversed().map(({ shard }) => askFor(again, shard)),
      signal,
    );
    expect(await storedRanks(dataDir)).toEqual(places);
  },
);
