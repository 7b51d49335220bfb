import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, expect, test } from 'vitest';

import { freePort } from '../support/free-port.ts';
import { makeDataDir, removeDataDirs } from '../support/state/data-dirs.ts';
import { askFor } from '../support/http/held-request.ts';
import { smallestGap, storedPermits } from '../support/state/stored-state.ts';
import { startService, type Service } from '../support/service/service.ts';

const INTERVAL_MS = 100;
const SHARDS = 20;
const KILLS = 10;

/** The service is left alone for up to so long, ms. */
const MAX_LIFE_MS = 400;

/** A request that was answered: when it was made and when the answer was there, on the monotonic line. */
interface Answered {
  readonly shard: number;
  readonly askedAt: number;
  readonly answeredAt: number;
}

let service: Service | undefined;
afterEach(async () => {
  await service?.kill();
  await removeDataDirs();
});

test('P1, P8: under load, ten kills at random moments break no spacing, and each answered permit is on record', async () => {
  const dataDir = await makeDataDir();
  const settings = {
    DATA_DIR: dataDir,
    PORT: String(await freePort()),
    MAX_CONCURRENCY: '2',
    IDENTIFY_INTERVAL_MS: String(INTERVAL_MS),
    IDENTIFY_MARGIN_MS: '0',
  };
  const answered: Answered[] = [];
  const over = new AbortController();
  let up = startService(settings);

  /** Asks on and on; when the connection is lost, again as soon as the service is up. */
  async function client(shard: number): Promise<void> {
    while (!over.signal.aborted) {
      const { url } = await up;
      const request = askFor(url, shard);
      const answer = await request.answer;
      request.hangUp();
      if (answer?.status === 200) {
        answered.push({ shard, askedAt: request.askedAt, answeredAt: answer.at });
      }
    }
  }
  const clients = Array.from({ length: SHARDS }, (_, shard) => client(shard));

  for (let kill = 0; kill < KILLS; kill += 1) {
    service = await up;
    await sleep(Math.random() * MAX_LIFE_MS);
    const next = Promise.withResolvers<Service>();
    up = next.promise;
    await service.kill();
    startService(settings).then(next.resolve, next.reject);
  }
  service = await up;
  over.abort();
  expect(await service.stop()).toBe(0);
  await Promise.all(clients);

  const permits = await storedPermits(dataDir);
  expect(answered.length).toBeGreaterThan(KILLS);
  expect(smallestGap(permits)).toBeGreaterThanOrEqual(INTERVAL_MS);
  for (const { shard, askedAt, answeredAt } of answered) {
    const own = permits.filter(
      (permit) =>
        permit.shard === shard && permit.givenAt >= askedAt && permit.givenAt <= answeredAt,
    );
    expect(own).toHaveLength(1);
  }
});
