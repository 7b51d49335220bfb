import { get } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

import type { IIdentifyThrottler } from '@discordjs/ws';

/** Between a connection that dropped and the next attempt. */
const RETRY_MS = 100;

/**
 * Asks the queue, the way any bot could: one GET per shard, held until the shard may identify. It uses
 * node:http because fetch gives up after 300 s without an answer. It rejects on abort alone, as a shard
 * whose throttler rejects otherwise identifies all the same.
 */
export function queueThrottler(queueUrl: string): IIdentifyThrottler {
  return {
    async waitForIdentify(shardId, signal) {
      while (!(await ask(`${queueUrl}/?shard=${shardId}`, signal))) {
        await sleep(RETRY_MS, undefined, { signal });
      }
    },
  };
}

/** True on a permit; false when the connection dropped or something else was answered. Rejects on abort. */
function ask(url: string, signal: AbortSignal): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const request = get(url, { agent: false, signal }, (response) => {
      // The status alone is the permit; what becomes of the body does not matter.
      response.once('error', () => undefined).resume();
      resolve(response.statusCode === 200);
    });
    request.on('error', (error) => {
      if (signal.aborted) reject(error);
      else resolve(false);
    });
  });
}
