import { EventEmitter } from 'node:events';

import {
  IdentifyClient,
  identifyThrottler,
  type FetchLike,
  type IdentifyClientOptions,
  type Permit,
} from '@gateway-queue/client';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';

import { startFaultyProxy, type Fault, type FaultyProxy } from '../support/clients/faulty-proxy.ts';
import { permitRows } from '../support/clients/permit-rows.ts';
import { freePort } from '../support/free-port.ts';
import { makeDataDir, removeDataDirs } from '../support/state/data-dirs.ts';
import { onState } from '../support/state/limiter-of.ts';
import { startService, type Service } from '../support/service/service.ts';

const SHARDS = [0, 1, 2, 3, 4, 5, 6, 7];

let settings: Record<string, string>;
let service: Service | undefined;
let proxy: FaultyProxy | undefined;
beforeEach(async () => {
  settings = {
    DATA_DIR: await makeDataDir(),
    PORT: String(await freePort()),
    IDENTIFY_INTERVAL_MS: '100',
    IDENTIFY_MARGIN_MS: '0',
    MAX_CONCURRENCY: '2',
  };
});
afterEach(async () => {
  await proxy?.close();
  proxy = undefined;
  await service?.kill();
  await removeDataDirs();
});

async function start(more: Record<string, string> = {}): Promise<Service> {
  service = await startService({ ...settings, ...more });
  return service;
}

/** All that the waiters got. */
class Waiters {
  readonly permits: Permit[] = [];
  readonly passed: number[] = [];
  /** The last 429 or 503 of each shard that had one. */
  readonly turnedAway = new Map<number, number>();
  readonly all: Promise<unknown>;
  readonly #url: string;

  /** Half of them wait by themselves, half with the throttler, as a WebSocketManager does. */
  constructor(url: string, shards = SHARDS, signal?: AbortSignal) {
    this.#url = url;
    this.all = Promise.all(
      shards.map((shard) => (shard % 4 < 2 ? this.#ask(shard, signal) : this.#throttle(shard))),
    );
    this.all.catch(() => undefined);
  }

  async #ask(shard: number, signal: AbortSignal | undefined): Promise<void> {
    const client = new IdentifyClient(this.#options(shard));
    const permit = await client.identify({ shard, confirm: true, signal });
    this.permits.push(permit);
    await client.confirm(permit);
    this.passed.push(shard);
  }

  async #throttle(shard: number): Promise<void> {
    const manager = new EventEmitter();
    const throttler = identifyThrottler(this.#options(shard))(manager);
    await throttler.waitForIdentify(shard, new AbortController().signal);
    this.passed.push(shard);
    manager.emit('ready', {}, shard);
  }

  #options(shard: number): IdentifyClientOptions {
    return {
      url: this.#url,
      maxWaitMs: 1000,
      // Without it, the faults that these tests make would be process warnings.
      onRetry: () => undefined,
      fetch: async (url, init) => {
        // One request for each connection, so that a fault hits one request.
        const headers = { ...init?.headers, connection: 'close' };
        const fetchNow: FetchLike = globalThis.fetch;
        const response = await fetchNow(url, { ...init, headers });
        if (response.status === 429 || response.status === 503) {
          this.turnedAway.set(shard, response.status);
        }
        return response;
      },
    };
  }
}

/** Each waiter has one permit, and there is no other, except those that a proxy lost. */
function expectOneEach(
  waiters: Waiters,
  shards: readonly number[],
  eaten: readonly string[],
): void {
  expect(waiters.passed.toSorted((a, b) => a - b)).toEqual(shards);
  const rows = permitRows(settings['DATA_DIR'] ?? '').filter(
    ({ id, released }) => !released && !eaten.includes(id),
  );
  expect(rows.map(({ shard }) => shard).toSorted((a, b) => a - b)).toEqual(shards);
  for (const { id, shard } of waiters.permits) {
    expect(rows.filter((row) => row.id === withoutBot(id)).map((row) => row.shard)).toEqual([
      shard,
    ]);
  }
}

test('a queue that is killed and restarted repeatedly gives each waiter one permit', async () => {
  // With one bucket no other permit is on its way when one has just been passed on and the kill comes.
  const oneByOne = { IDENTIFY_INTERVAL_MS: '500', MAX_CONCURRENCY: '1' };
  const { url } = await start(oneByOne);
  const waiters = new Waiters(url);
  for (const passed of [1, 4]) {
    await vi.waitFor(() => expect(waiters.passed.length).toBeGreaterThanOrEqual(passed), {
      timeout: 20_000,
      interval: 5,
    });
    await service?.kill();
    await start(oneByOne);
  }
  await waiters.all;
  await service?.kill();
  expectOneEach(waiters, SHARDS, []);
});

test('a pause over restarts: all wait, an aborted waiter leaves with its reason, and after the resume all get permits', async () => {
  const scope = { bot: 'default', bucket: null };
  await onState(settings['DATA_DIR'] ?? '', (limiter) =>
    limiter.pause({ ...scope, durationMs: null, reason: 'incident', by: 'ada' }),
  );
  const { url } = await start();
  const waiters = new Waiters(url);
  const leaves = new AbortController();
  const leaver = new Waiters(url, [8], leaves.signal);
  // Each of them was told at least once that there is nothing yet.
  await vi.waitFor(() => expect(waiters.turnedAway.size + leaver.turnedAway.size).toBe(9), {
    timeout: 10_000,
  });
  expect([...waiters.passed, ...leaver.passed]).toEqual([]);
  leaves.abort(new Error('not any more'));
  await expect(leaver.all).rejects.toThrow('not any more');
  await service?.kill();
  await onState(settings['DATA_DIR'] ?? '', (limiter) => limiter.resume(scope));
  await start();
  await waiters.all;
  await service?.kill();
  expectOneEach(waiters, SHARDS, []);
});

test('a queue that is full, then drains and comes back gives each waiter one permit', async () => {
  const { url } = await start({
    IDENTIFY_INTERVAL_MS: '500',
    MAX_WAITING: '3',
    SHUTDOWN_DELAY_MS: '200',
  });
  const waiters = new Waiters(url);
  await vi.waitFor(() => expect([...waiters.turnedAway.values()]).toContain(503), {
    timeout: 10_000,
  });
  expect(await service?.stop()).toBe(0);
  await start({ MAX_WAITING: '3' });
  await waiters.all;
  await service?.kill();
  expectOneEach(waiters, SHARDS, []);
});

test('a proxy that is slow, cuts connections and invents answers may waste permits, and never loses a waiter', async () => {
  const { url } = await start({ CONFIRM_TIMEOUT_MS: '300' });
  const faults: Fault[] = [
    { instead: 'HTTP/1.1 200 OK\r\nContent-Length: 18\r\n\r\n<h1>Welcome!</h1>\n' },
    { instead: '\u0000\u0016garbage\r\n\r\n' },
    { instead: 'HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n' },
    { instead: 'HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\n{"id":' },
    { instead: 'HTTP/1.1 302 Found\r\nLocation: /\r\nContent-Length: 0\r\n\r\n' },
    { instead: 'HTTP/1.1 429 Slow\r\nRetry-After: soon\r\nContent-Length: 2\r\n\r\n[]' },
    'cut',
    'slow',
    'reset',
    'none',
  ];
  proxy = await startFaultyProxy(url, (connection) =>
    connection < 20
      ? (faults[connection % faults.length] ?? 'none')
      : connection % 2
        ? 'slow'
        : 'none',
  );
  const waiters = new Waiters(proxy.url);
  await waiters.all;
  expect(proxy.connections()).toBeGreaterThanOrEqual(20);
  await service?.kill();
  expectOneEach(waiters, SHARDS, proxy.eaten.map(withoutBot));
});

/** The id that the store has. */
function withoutBot(id: string): string {
  return id.slice(id.indexOf(':') + 1);
}
