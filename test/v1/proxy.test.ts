import { afterEach, beforeAll, expect, test } from 'vitest';

import { debianProgram } from '../support/debian-program.ts';
import { makeDataDir, removeDataDirs } from '../support/state/data-dirs.ts';
import { storedPermits } from '../support/state/stored-state.ts';
import { Nginx, type ProxiedRequest } from '../support/nginx.ts';
import { startService, type Service } from '../support/service/service.ts';
import { ask, hold } from '../support/http/ask.ts';
import type { Connection } from '../support/http/connection.ts';
import { V1Client } from '../support/v1/client.ts';

const INTERVAL_MS = 1000;

/**
 * In place of the 60 s of nginx and of clients, with the line shortened alike. In the test below turns come
 * at whole seconds after the first permit, and no limit is over within 100 ms of one.
 */
const PROXY_LIMIT_MS = 520;
const CLIENT_LIMIT_MS = 850;

/** To install nginx, when it is missing. */
const SETUP_MS = 300_000;

beforeAll(() => debianProgram('nginx'), SETUP_MS);

let service: Service;
const proxies: Nginx[] = [];
afterEach(async () => {
  for (const proxy of proxies) await proxy.end();
  await service.kill();
  await removeDataDirs();
});

/** nginx with two ways to the one place, as two replicas would be two ways to one line. */
async function nginx(nextUpstream: string): Promise<Nginx> {
  const ways = [service.url, service.url];
  const proxy = await Nginx.before(ways, { readTimeoutMs: PROXY_LIMIT_MS, nextUpstream });
  proxies.push(proxy);
  return proxy;
}

/** Asks until it is answered with leave, as clients in the field do: at once after each failure. */
async function insist(
  url: string,
  { method = 'GET', limitMs }: { method?: string; limitMs?: number } = {},
): Promise<number> {
  for (let tries = 1; ; tries += 1) {
    const signal = limitMs === undefined ? null : AbortSignal.timeout(limitMs);
    // On a connection of its own: what is kept alive would be a second way to the same place.
    const headers = { connection: 'close' };
    const response = await fetch(url, { method, signal, headers }).catch(() => undefined);
    await response?.arrayBuffer();
    if (response?.status === 200) return tries;
  }
}

/** The shard that last looked how long the line is. */
let onlooker = 1000;

/** Resolves once so many wait. Until then other shards probe, each once: a shard that comes back has an earlier place. */
async function untilWaiting(count: number): Promise<void> {
  const client = new V1Client(service.url);
  const waiting = async (): Promise<unknown> => {
    onlooker += 1;
    return (await client.identify({ shard: onlooker, maxWaitMs: 0 })).body?.['position'];
  };
  await expect.poll(waiting, { interval: 5 }).toBe(count + 1);
}

/** To how many upstreams nginx sent those requests that it then answered 504. */
function triesInVain(requests: readonly ProxiedRequest[], method: string): Set<number> {
  const inVain = requests.filter((request) => request.method === method && request.status === 504);
  return new Set(inVain.map(({ tries }) => tries));
}

test('P6, P8: behind an nginx that re-sends, each shard gets one permit, and with short waits as early as with one long wait', async () => {
  const dataDir = await makeDataDir();
  service = await startService({
    DATA_DIR: dataDir,
    IDENTIFY_INTERVAL_MS: String(INTERVAL_MS),
    IDENTIFY_MARGIN_MS: '0',
  });
  const plain = await nginx('error timeout');
  const repeating = await nginx('error timeout non_idempotent');
  const endless: Connection[] = [];
  const join = async (...shards: number[]): Promise<void> => {
    for (const shard of shards) endless.push(await hold(service, `/?shard=${shard}`));
  };
  await ask(service, { target: '/?shard=0' });
  await join(1, 2, 3);
  const got = insist(`${plain.url}/?shard=100`);
  await untilWaiting(4);
  const posted = insist(`${plain.url}/v1/identify?shard=101`, { method: 'POST' });
  await untilWaiting(5);
  const repeated = insist(`${repeating.url}/v1/identify?shard=102`, { method: 'POST' });
  await untilWaiting(6);
  await join(4);
  // It asks again while its first request still stands.
  const limited = await hold(service, '/?shard=103');
  const again = insist(`${service.url}/?shard=103`, { limitMs: CLIENT_LIMIT_MS });
  await untilWaiting(9);
  limited.reset();
  await untilWaiting(8);
  await join(5, 6);
  await Promise.all([got, posted, repeated]);
  // Each of them was away often enough to have lost its turn.
  expect(await again).toBeGreaterThan(5);
  for (const connection of endless) expect((await connection.answer()).status).toBe(200);

  const requests = await plain.requests();
  expect(triesInVain(requests, 'GET')).toEqual(new Set([2]));
  // A POST may not be repeated, unless nginx is told so.
  expect(triesInVain(requests, 'POST')).toEqual(new Set([1]));
  expect(triesInVain(await repeating.requests(), 'POST')).toEqual(new Set([2]));
  await service.kill();
  const permits = await storedPermits(dataDir);
  expect(permits.map(({ shard }) => shard)).toEqual([0, 1, 2, 3, 100, 101, 102, 4, 103, 5, 6]);
});
