import { afterEach, expect, test } from 'vitest';

import { monotonicNow } from '../support/discord/index.ts';
import { makeDataDir, removeDataDirs } from '../support/state/data-dirs.ts';
import { askFor } from '../support/http/held-request.ts';
import { smallestGap, storedPermits } from '../support/state/stored-state.ts';
import { startService, type Service } from '../support/service/service.ts';

const INTERVAL_MS = 10_000;

/** How much longer one answer may travel than another, ms. */
const TRAVEL_MS = 100;

let service: Service | undefined;
afterEach(async () => {
  await service?.kill();
  await removeDataDirs();
});

test('P1: a kill within an interval neither shortens the interval nor begins it anew', async () => {
  const dataDir = await makeDataDir();
  const settings = {
    DATA_DIR: dataDir,
    MAX_CONCURRENCY: '2',
    // The margin counts like the interval itself.
    IDENTIFY_INTERVAL_MS: String(INTERVAL_MS - 200),
    IDENTIFY_MARGIN_MS: '200',
  };
  service = await startService(settings);
  const before = await askFor(service.url, 0).answer;
  expect(before?.status).toBe(200);
  const held = askFor(service.url, 2);
  await held.connected;
  await service.kill();
  await held.closed;
  expect(held.bytesReceived).toBe(0);

  // A service that began every start with an interval of its own would show it by the second start.
  service = await startService(settings);
  await service.kill();
  const lastStartAt = monotonicNow();
  service = await startService(settings);
  const [after, otherBucket] = await Promise.all([
    askFor(service.url, 2).answer,
    askFor(service.url, 1).answer,
  ]);
  await service.kill();

  expect(after?.status).toBe(200);
  expect((after?.at ?? 0) - (before?.at ?? 0)).toBeGreaterThanOrEqual(INTERVAL_MS - TRAVEL_MS);
  const permits = await storedPermits(dataDir);
  expect(smallestGap(permits)).toBeGreaterThanOrEqual(INTERVAL_MS);
  expect(permits.at(-1)?.givenAt).toBeLessThan(lastStartAt + INTERVAL_MS);
  // Bucket 1 never had a permit, so it was open all the while.
  expect(otherBucket?.status).toBe(200);
  expect(permits.map(({ shard }) => shard).toSorted((a, b) => a - b)).toEqual([0, 1, 2]);
});

test('P1: after the state is lost, a full interval passes before the first permit', async () => {
  const settings = { IDENTIFY_INTERVAL_MS: '1500', IDENTIFY_MARGIN_MS: '0' };
  const lost = await startService({ ...settings, DATA_DIR: await makeDataDir() });
  await lost.kill();

  const startedAt = monotonicNow();
  service = await startService({ ...settings, DATA_DIR: await makeDataDir() });
  const answer = await askFor(service.url, 0).answer;
  expect(answer?.status).toBe(200);
  expect(answer?.at).toBeGreaterThanOrEqual(startedAt + 1500);
});
