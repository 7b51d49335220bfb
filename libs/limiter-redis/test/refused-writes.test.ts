import { isDeepStrictEqual } from 'node:util';
import {
  attemptOf,
  BOT,
  enterOne,
  grantAwaited,
  report,
} from '@gateway-queue/identify-limiter/testing';
import type { Cluster, Redis } from 'ioredis';
import { afterEach, describe, expect, test } from 'vitest';
import type { RedisHarness } from './harness.ts';
import { openBuckets } from './scene.ts';
import { useRedis, useValkey } from './servers/file-servers.ts';
import { stored } from './stored.ts';

interface Refusal {
  /** What the server's error begins with. */
  readonly code: string;
  readonly begin: readonly string[];
  readonly end: readonly string[];
}

const REFUSALS: readonly Refusal[] = [
  {
    code: 'OOM',
    begin: ['CONFIG', 'SET', 'maxmemory', '1'],
    end: ['CONFIG', 'SET', 'maxmemory', '0'],
  },
  {
    code: 'NOREPLICAS',
    begin: ['CONFIG', 'SET', 'min-replicas-to-write', '1'],
    end: ['CONFIG', 'SET', 'min-replicas-to-write', '0'],
  },
  {
    // A replica, whose master it never finds.
    code: 'READONLY',
    begin: ['REPLICAOF', '127.0.0.1', '1'],
    end: ['REPLICAOF', 'NO', 'ONE'],
  },
];

describe.each([
  ['Redis', useRedis()],
  ['Valkey', useValkey()],
])('%s', (_, server) => {
  describe.each(REFUSALS)('with $code', ({ code, begin, end }) => {
    let harness: RedisHarness;

    afterEach(async () => {
      await call(harness.connection.commands, end);
    });

    test('P8 refuses whole scripts: nothing is half done', async () => {
      harness = await openBuckets(server(), 1);
      const operations = await everyOperation(harness);
      await call(harness.connection.commands, begin);
      const before = await stored(harness);
      const outcomes: Record<string, string> = {};
      for (const [name, run] of Object.entries(operations)) {
        outcomes[name] = await run().then(() => 'done', firstWordOf);
        const isUnchanged = isDeepStrictEqual(await stored(harness), before);
        if (!isUnchanged) outcomes[name] += ', half done';
      }
      const expected = Object.keys(operations).map((name) => [name, code]);
      expect(outcomes).toEqual(Object.fromEntries(expected));
    });
  });
});

/** All that is asked of a limiter, each of which would change something. */
async function everyOperation(
  harness: RedisHarness,
): Promise<Record<string, () => Promise<unknown>>> {
  const limiter = harness.replica();
  const used = await grantAwaited(limiter, 0);
  const [left, tried] = [await enterOne(limiter, 1), await enterOne(limiter, 2)];
  const pause = { bot: BOT, bucket: null, reason: 'why', by: 'ana', durationMs: null };
  const limits = await limiter.limits(BOT);
  await limiter.tryAcquire(attemptOf(tried, limits));
  await limiter.pause({ ...pause, bucket: 0, durationMs: 1 });
  await harness.advance(60_000);
  return {
    enter: () => enterOne(limiter, 3),
    leave: () => limiter.leave([left]),
    forget: () => limiter.forget([left]),
    tryAcquire: () => limiter.tryAcquire(attemptOf(tried, limits)),
    withdrawHead: () => limiter.withdrawHead(BOT, 0),
    confirm: () => limiter.confirm(BOT, used.id),
    giveBack: () => limiter.giveBack(BOT, used.id),
    limits: () => limiter.limits(BOT),
    setLimits: () => limiter.setLimits(BOT, report(2)),
    leads: () => harness.replica('b').leads(BOT),
    pause: () => limiter.pause(pause),
    resume: () => limiter.resume({ bot: BOT, bucket: 0 }),
    pauses: () => limiter.pauses(BOT),
    check: () => limiter.check(),
    close: () => limiter.close(),
  };
}

async function call(client: Redis | Cluster, [command = '', ...args]: readonly string[]) {
  await client.call(command, ...args);
}

function firstWordOf(error: unknown): string {
  return String(error instanceof Error ? error.message.split(' ')[0] : error);
}
