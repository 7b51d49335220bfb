import { afterEach, expect, test } from 'vitest';

import { AskedRequest } from './support/asking/asked-request.ts';
import { makeDataDir, removeDataDirs } from './support/held/data-dirs.ts';
import { storedPermits } from './support/held/stored-state.ts';
import { startService, type Service } from './support/service.ts';
import { ResendingProxy } from './support/v1/resending-proxy.ts';
import { hold, seenBy } from './support/wire/ask.ts';
import type { Connection } from './support/wire/connection.ts';

const INTERVAL_MS = 1000;

/** In place of the 60 s of nginx, with the line shortened alike; neither is over just when a turn comes. */
const PROXY_LIMIT_MS = 520;
const CLIENT_LIMIT_MS = 900;

let service: Service | undefined;
let proxy: ResendingProxy | undefined;
afterEach(async () => {
  await proxy?.close();
  await service?.kill();
  await removeDataDirs();
});

/** Asks until it is answered with leave, as clients in the field do: at once after each failure. */
async function insist(url: string, limitMs = Infinity, tries = 1): Promise<number> {
  const asked = new AskedRequest(url);
  const timer = limitMs === Infinity ? undefined : setTimeout(() => asked.leave(), limitMs);
  const status = await asked.answer.then(
    (answer) => answer.status,
    () => undefined,
  );
  clearTimeout(timer);
  return status === 200 ? tries : insist(url, limitMs, tries + 1);
}

test('P6: a client with a short limit, and one behind a proxy that re-sends, have their turns when endless ones would', async () => {
  const dataDir = await makeDataDir();
  const running = await startService({
    DATA_DIR: dataDir,
    IDENTIFY_INTERVAL_MS: String(INTERVAL_MS),
    IDENTIFY_MARGIN_MS: '0',
  });
  service = running;
  // Two ways to the one place, as two replicas would be two ways to one line.
  proxy = await ResendingProxy.before([running.url, running.url], PROXY_LIMIT_MS);
  const endless: Connection[] = [];
  const join = async (shards: readonly number[]): Promise<void> => {
    for (const shard of shards) endless.push(await hold(running, `/?shard=${shard}`));
  };
  await join([0, 1, 2, 3]);
  const resent = insist(`${proxy.url}/?shard=100`);
  await expect.poll(() => proxy?.sent).toBe(1);
  await seenBy(running);
  await seenBy(running);
  await join([4, 5]);
  const limited = new AskedRequest(`${running.url}/?shard=200`);
  await limited.sent;
  await seenBy(running);
  const again = insist(`${running.url}/?shard=200`, CLIENT_LIMIT_MS);
  limited.leave();
  await seenBy(running);
  await join([6, 7]);

  for (const connection of endless) expect((await connection.answer()).status).toBe(200);
  // Each of them was away often enough to have lost its turn.
  expect(await again).toBeGreaterThan(2);
  await resent;
  expect(proxy.sent).toBeGreaterThan(4);
  expect(proxy.gaveUp).toBeGreaterThan(1);
  for (const connection of endless) connection.reset();
  await running.kill();
  const permits = await storedPermits(dataDir);
  expect(permits.map(({ shard }) => shard)).toEqual([0, 1, 2, 3, 100, 4, 5, 200, 6, 7]);
});
