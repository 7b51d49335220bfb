import type { Clock } from '@gateway-queue/identify-limiter';
import type { Cluster, Redis } from 'ioredis';
import { commandOf, toRedisError } from './driver-error.ts';
import { RedisError, RedisStartError } from './redis-error.ts';
import { toSentinelError } from './sentinel-error.ts';

/** How long to wait for a connection to end, in ms. Not every connection reports its end, but every one ends. */
const END_TIMEOUT_MS = 500;

/** Resolves when commands can be sent. When the connection ends before, it never resolves. */
export async function whenReady(client: Redis | Cluster): Promise<void> {
  await new Promise((resolve) => client.once('ready', resolve));
}

/** Resolves with the reason when the connection cannot be used any more. To be called as soon as the client is made. */
export function whenEnded(client: Redis | Cluster): Promise<RedisError> {
  return new Promise((resolve) => {
    let last: unknown;
    const ofSentinels: RedisError[] = [];
    client.on('sentinelError', (error: Error) => ofSentinels.push(toSentinelError(error)));
    client.on('error', (error: Error) => {
      last = error;
      // ioredis would go on, in database 0.
      if (commandOf(error) === 'select') {
        resolve(new RedisStartError('REDIS_URL: the server has no such database', 'DATABASE'));
      }
    });
    client.once('end', () => {
      // One of several Sentinels may be wrong. To wait helps as long as it helps with one of them.
      const ofSentinel =
        ofSentinels.find((error) => !(error instanceof RedisStartError)) ?? ofSentinels[0];
      resolve(ofSentinel ?? (last === undefined ? lost() : toRedisError(last)));
    });
  });
}

/** Ends the connection, in whatever state it is. */
export async function end(client: Redis | Cluster, clock: Clock): Promise<void> {
  if (client.status !== 'end') {
    await new Promise<void>((resolve) => {
      const cancelTimer = clock.setTimer(END_TIMEOUT_MS, resolve);
      client.once('end', () => {
        cancelTimer();
        resolve();
      });
      client.disconnect();
    });
  }
  // The driver's watch over the Sentinels goes on by itself, and may have begun while the connection was ending.
  if (!client.isCluster) client.disconnect();
}

function lost(): RedisError {
  return new RedisError('The connection to Redis was lost', 'CLOSED');
}
