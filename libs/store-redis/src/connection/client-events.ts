import type { Clock } from '@gateway-queue/identify-limiter';
import type { Cluster, Redis } from 'ioredis';
import { commandOf, toRedisError } from './driver-error.ts';
import { RedisError, RedisStartError } from './redis-error.ts';
import { toSentinelError } from './sentinel-error.ts';

/** How long a connection may take to end once it was told to, in ms. Not all say when they have; none goes on. */
const END_TIMEOUT_MS = 500;

/** Resolves when commands can be sent; never, when the connection ends before. */
export async function whenReady(client: Redis | Cluster): Promise<void> {
  await new Promise((resolve) => client.once('ready', resolve));
}

/** Resolves with the reason when the connection is of no use any more. To be called as soon as there is one. */
export function whenEnded(client: Redis | Cluster): Promise<RedisError> {
  return new Promise((resolve) => {
    let last: unknown;
    const ofSentinels: RedisError[] = [];
    client.on('sentinelError', (error: Error) => ofSentinels.push(toSentinelError(error)));
    client.on('error', (error: Error) => {
      last = error;
      // ioredis would go on in another database.
      if (commandOf(error) === 'select') {
        resolve(new RedisStartError('REDIS_URL: the server has no such database', 'DATABASE'));
      }
    });
    client.once('end', () => {
      // Of several Sentinels one may be in the wrong; waiting helps as long as it does with any of them.
      const ofSentinel =
        ofSentinels.find((error) => !(error instanceof RedisStartError)) ?? ofSentinels[0];
      resolve(ofSentinel ?? (last === undefined ? lost() : toRedisError(last)));
    });
  });
}

/** Ends the connection, whatever state it is in. */
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
  // What watches the Sentinels goes on by itself, and may have begun while the connection was ending.
  if (!client.isCluster) client.disconnect();
}

function lost(): RedisError {
  return new RedisError('The connection to Redis was lost', 'CLOSED');
}
