import { METHODS } from 'node:http';

import { afterAll, beforeAll, expect, test } from 'vitest';

import { startService, type Service } from '../support/service/service.ts';
import { BODIES } from '../support/queue/bodies.ts';
import { Bucket } from '../support/queue/bucket.ts';
import { Connection } from '../support/http/connection.ts';
import { ask } from '../support/http/ask.ts';
import { granted, untilGranted } from '../support/queue/permit-log.ts';

/** CONNECT has no path: it asks for a tunnel. */
const ANSWERED = METHODS.filter((method) => method !== 'CONNECT');

const maxConcurrency = ANSWERED.length + 1;
const intervalMs = 60;

let service: Service;
beforeAll(async () => {
  service = await startService({
    MAX_CONCURRENCY: String(maxConcurrency),
    IDENTIFY_INTERVAL_MS: String(intervalMs),
    IDENTIFY_MARGIN_MS: '0',
  });
});
afterAll(() => service.kill());

/** Each method has a bucket of its own, through which all its requests go one after the other. */
async function askInEveryWay(method: string): Promise<void> {
  const bucket = await Bucket.close(service, ANSWERED.indexOf(method), {
    maxConcurrency,
    intervalMs,
  });
  for (const [what, { headers, body }] of Object.entries(BODIES)) {
    const connection = await Connection.open(service.url);
    connection.send({
      method,
      target: bucket.nextTarget(),
      headers: ['Host: queue', ...headers],
      body,
    });
    const answer = await connection.answer().catch((error: unknown) => {
      throw new Error(`${method} with ${what}`, { cause: error });
    });
    expect(answer).toMatchObject(bucket.nextPermit(method));
    connection.reset();
  }
}

test('whatever the method and the body, the request is held and has the same answer', async () => {
  await Promise.all(ANSWERED.map(askInEveryWay));
  // One permit for each answer: nothing was granted twice, and no slot was spent for nothing.
  await ask(service, { target: `/?shard=${ANSWERED.length}` });
  await untilGranted(service, ANSWERED.length);
  const perMethod = Object.keys(BODIES).length + 1;
  expect(granted(service)).toHaveLength(ANSWERED.length * perMethod + 1);
});
