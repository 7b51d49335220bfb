import {
  attemptOf,
  BOT,
  enterOne,
  grantPending,
  report,
} from '@gateway-queue/identify-limiter/testing';
import type { Cluster, Redis } from 'ioredis';
import { afterEach, describe, expect, test } from 'vitest';
import type { Script } from '../src/scripts/script.ts';
import type { Server } from '../src/connection/server.ts';
import type { RedisHarness } from './harness.ts';
import { PassingServer } from './passing-server.ts';
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
    // A replica that never finds its master.
    code: 'READONLY',
    begin: ['REPLICAOF', '127.0.0.1', '1'],
    end: ['REPLICAOF', 'NO', 'ONE'],
  },
];

/** Microseconds. */
const LATER = '1900000000000000';

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
      let direct: DirectServer | undefined;
      const wrap = (timed: Server) => (direct = new DirectServer(timed));
      harness = await openBuckets(server(), 1, {}, { wrap });
      const operations = await everyOperation(harness);
      direct?.goBy(harness.connection.commands);
      await call(harness.connection.commands, begin);
      const before = await stored(harness);
      for (const run of operations) await run();
      expect(direct?.outcomes).toEqual(operations.map(() => code));
      expect(await stored(harness)).toEqual(before);
    });
  });
});

/** Every call of a limiter, most of which would change something. */
async function everyOperation(harness: RedisHarness): Promise<(() => Promise<unknown>)[]> {
  const limiter = harness.replica();
  const used = await grantPending(limiter, 0);
  const [left, tried] = [await enterOne(limiter, 1), await enterOne(limiter, 2)];
  const pause = { bot: BOT, bucket: null, reason: 'why', by: 'ana', durationMs: null };
  const limits = await limiter.limits(BOT);
  await limiter.tryAcquire(attemptOf(tried, limits));
  await limiter.pause({ ...pause, bucket: 0, durationMs: 1 });
  await harness.advance(60_000);
  return [
    () => enterOne(limiter, 3),
    () => limiter.leave([left]),
    () => limiter.forget([left]),
    () => limiter.tryAcquire(attemptOf(tried, limits)),
    () => limiter.withdrawHead(BOT, 0),
    () => limiter.confirm(BOT, used.id),
    () => limiter.release(BOT, used.id),
    () => limiter.limits(BOT),
    () => limiter.setLimits(BOT, report(2)),
    () => harness.replica('b').leads(BOT),
    () => limiter.pause(pause),
    () => limiter.resume({ bot: BOT, bucket: 0 }),
    () => limiter.view(BOT),
    () => limiter.close(),
  ].map((run) => () => run().catch(() => undefined));
}

async function call(client: Redis | Cluster, [command = '', ...args]: readonly string[]) {
  await client.call(command, ...args);
}

/** Can use a connection that stays up whatever the server answers, and notes how each script ended. */
class DirectServer extends PassingServer {
  readonly outcomes: string[] = [];
  #client: Redis | Cluster | undefined;

  goBy(client: Redis | Cluster): void {
    this.#client = client;
  }

  override async run(script: Script, keys: readonly string[], args: readonly string[]) {
    if (this.#client === undefined) return super.run(script, keys, args);
    const answer = this.#client.eval(script.text, keys.length, ...keys, ...args, LATER);
    const outcome = answer.then(() => 'done', firstWordOf);
    this.outcomes.push(await outcome);
    return answer;
  }
}

function firstWordOf(error: unknown): string {
  return String(error instanceof Error ? error.message.split(' ')[0] : error);
}
