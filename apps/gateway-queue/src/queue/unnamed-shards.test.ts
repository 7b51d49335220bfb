import { Logger } from '@nestjs/common';
import type { Limits } from '@gateway-queue/identify-limiter';
import { FakeClock } from '@gateway-queue/identify-limiter/testing';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { UnnamedShards } from './unnamed-shards.ts';

const PROBE = { address: '192.0.2.7', agent: 'kube-probe/1.31' };
const BOT = { address: '192.0.2.8', agent: 'DiscordBot' };

const HOUR_MS = 3_600_000;

let clock: FakeClock;
let maxConcurrency: number;
let shards: UnnamedShards;
const warn = vi.spyOn(Logger.prototype, 'warn');
beforeEach(() => {
  clock = new FakeClock();
  maxConcurrency = 1;
  const limits = async (): Promise<Limits> => ({
    version: 1,
    maxConcurrency,
    total: 1000,
    remaining: 1000,
    discordMaxConcurrency: null,
    source: 'default',
    countedByDiscord: false,
    resetInMs: null,
  });
  shards = new UnnamedShards(clock, { limits });
});
afterEach(() => {
  warn.mockReset();
});

const warnings = (text: string): unknown[] =>
  warn.mock.calls.flatMap(([members, message]: unknown[]) =>
    String(message).includes(text) ? [members] : [],
  );

async function permits(count: number, client = PROBE, everyMs = 5000): Promise<void> {
  for (let index = 0; index < count; index += 1) {
    await shards.permitted('default', client);
    await clock.advance(everyMs);
  }
}

test('P12 a client whose permits recur is named once in an hour, with one bucket too', async () => {
  await permits(2);
  expect(warn).not.toHaveBeenCalled();
  await permits(20);
  expect(warnings('keeps taking permits')).toEqual([{ bot: 'default', permits: 3, ...PROBE }]);
  await clock.advance(HOUR_MS);
  await permits(3);
  expect(warnings('keeps taking permits')).toHaveLength(2);
});

test('P12 permits of several clients, or now and then, do not recur', async () => {
  await permits(2, PROBE);
  await permits(2, BOT);
  await permits(2, { ...PROBE, agent: '' });
  await permits(5, { ...BOT, agent: 'other' }, HOUR_MS / 2);
  expect(warnings('keeps taking permits')).toEqual([]);
});

test('P10 of more clients than are remembered, those that asked last are', async () => {
  await permits(2, BOT, 0);
  for (let index = 0; index < 300; index += 1) {
    await permits(1, { address: `10.0.0.${index}`, agent: '' }, 0);
  }
  await permits(1, BOT, 0);
  expect(warnings('keeps taking permits')).toEqual([]);
  await permits(2, BOT, 0);
  expect(warnings('keeps taking permits')).toMatchObject([BOT]);
});

test('P12 with several buckets the first permit is worth a warning, once in a minute', async () => {
  maxConcurrency = 16;
  await permits(3);
  expect(warnings('waits in bucket 0')).toEqual([{ bot: 'default', maxConcurrency: 16, ...PROBE }]);
});

test('P12 a request that is refused is logged, once in a minute', async () => {
  for (let index = 0; index < 10; index += 1) shards.refused('default', PROBE);
  expect(warnings('REQUIRE_SHARD')).toEqual([{ bot: 'default', ...PROBE }]);
  await clock.advance(60_000);
  shards.refused('default', BOT);
  expect(warnings('REQUIRE_SHARD')).toMatchObject([PROBE, BOT]);
});
