import { aPermit, attempt, BOT, enterOne, grant } from '@gateway-queue/identify-limiter/testing';
import { expect, test } from 'vitest';
import type { RedisHarness } from './harness.ts';
import { PassingServer } from './passing-server.ts';
import { openBuckets } from './scene.ts';
import { useRedis } from './servers/file-servers.ts';

const redis = useRedis();

test('P5 a call over an older connection has no effect once a newer one was used', async () => {
  const connections = { current: 1 };
  const harness = await openNumbered(connections);
  const limiter = harness.replica('a');
  const waiter = await enterOne(limiter, 1);
  connections.current = 2;
  await limiter.leave([waiter]);
  connections.current = 1;
  await expect(limiter.enter([waiter])).rejects.toThrow('OUTDATED');
  await expect(attempt(limiter, waiter)).rejects.toThrow('OUTDATED');
  connections.current = 2;
  expect(await limiter.waiters(BOT)).toMatchObject({ waiters: [] });
  expect(await attempt(harness.replica('b'), await enterOne(harness.replica('b'), 2))).toEqual(
    aPermit,
  );
});

test('another replica may have made fewer connections', async () => {
  const connections = { current: 7 };
  const harness = await openNumbered(connections);
  await grant(harness.replica('a'), 0);
  connections.current = 1;
  await harness.advance(harness.intervalMs);
  expect(await grant(harness.replica('b'), 1)).toEqual(aPermit);
});

test('each connection to the server has a higher number than the one before', async () => {
  const harness = await openBuckets(redis(), 1);
  const { server } = harness.connection;
  const before = server.connection;
  await harness.connection.commands.call('CLIENT', 'KILL', 'TYPE', 'normal');
  await expect.poll(() => server.connection).toBeGreaterThan(before);
  await expect.poll(() => harness.replica().limits(BOT)).toBeDefined();
});

/** Buckets that are open, and replicas that ask over connections of the test's numbers. */
function openNumbered(connections: { current: number }): Promise<RedisHarness> {
  class Numbered extends PassingServer {
    override get connection(): number {
      return connections.current;
    }
  }
  return openBuckets(redis(), 1, {}, { wrap: (server) => new Numbered(server) });
}
