import { afterAll, beforeAll, expect, test } from 'vitest';

import { startService, type Service } from '../support/service/service.ts';
import { problem, retryAfterMs, shown } from '../support/v1/expected.ts';
import { holdV1 } from '../support/v1/hold.ts';
import { V1Client } from '../support/v1/client.ts';
import { seenBy } from '../support/http/ask.ts';
import { Connection } from '../support/http/connection.ts';
import { grantedShards, untilGranted } from '../support/queue/permit-log.ts';

/** Far more than there are tests, so that each of them has buckets of its own. */
const BUCKETS = 1000;

const INTERVAL_MS = 3000;

let service: Service;
let client: V1Client;
beforeAll(async () => {
  service = await startService({
    MAX_CONCURRENCY: String(BUCKETS),
    IDENTIFY_INTERVAL_MS: String(INTERVAL_MS),
    IDENTIFY_MARGIN_MS: '0',
  });
  client = new V1Client(service.url);
  // From here on each unused bucket is open.
  await client.identify({ shard: 0 });
});
afterAll(() => service.kill());

let nextBucket = 1;
function newBucket(): number {
  nextBucket += 1;
  return nextBucket;
}

test('a 429 keeps the place, and says the reason, the estimated wait and when to ask again', async () => {
  const bucket = newBucket();
  const [taken, first, second, third] = [0, 1, 2, 3].map((n) => bucket + n * BUCKETS);
  await client.identify({ shard: taken ?? 0 });
  const [one, two] = await Promise.all([
    client.identify({ shard: first ?? 0, maxWaitMs: 300 }),
    holdV1(service, `shard=${second}&maxWaitMs=200`),
  ]);
  const secondTold = two.answers[0] ?? (await two.answer());
  expect(shown(one)).toEqual(
    problem(429, 'wait-over', {
      reason: 'interval',
      position: 1,
      estimatedWaitMs: expect.toSatisfy((ms: number) => ms > 0 && ms <= INTERVAL_MS),
    }),
  );
  expect(shown(secondTold)).toEqual(
    problem(429, 'wait-over', {
      reason: 'line',
      position: 2,
      estimatedWaitMs: expect.toSatisfy((ms: number) => ms > INTERVAL_MS && ms <= 2 * INTERVAL_MS),
    }),
  );
  for (const { headers } of [one, secondTold]) {
    const ms = retryAfterMs(headers);
    expect(ms).toBeGreaterThanOrEqual(0);
    expect(ms).toBeLessThanOrEqual(1000);
  }
  // A shard that joins meanwhile is behind them, in whatever order they come back.
  const held = [
    await holdV1(service, `shard=${third}`),
    await holdV1(service, `shard=${second}`),
    await holdV1(service, `shard=${first}`),
  ];
  for (const connection of held) expect((await connection.answer()).status).toBe(200);
  await untilGranted(service, third ?? 0);
  const order = grantedShards(service).filter((shard) => Number(shard) % BUCKETS === bucket);
  expect(order).toEqual([taken, first, second, third]);
  for (const connection of [two, ...held]) connection.reset();
});

test('P4: a waiter of high priority goes before earlier ones of normal priority', async () => {
  const bucket = newBucket();
  const [taken, early, late, hurried] = [0, 1, 2, 3].map((n) => bucket + n * BUCKETS);
  await client.identify({ shard: taken ?? 0 });
  const held = [
    await holdV1(service, `shard=${early}`),
    await holdV1(service, `shard=${late}&priority=normal`),
    await holdV1(service, `shard=${hurried}&priority=high`),
  ];
  for (const connection of held) expect((await connection.answer()).status).toBe(200);
  await untilGranted(service, late ?? 0);
  const order = grantedShards(service).filter((shard) => Number(shard) % BUCKETS === bucket);
  expect(order).toEqual([taken, hurried, early, late]);
  for (const connection of held) connection.reset();
});

test('P5: a waiter that hangs up takes no permit', async () => {
  const bucket = newBucket();
  const [taken, gone, next] = [0, 1, 2].map((n) => bucket + n * BUCKETS);
  await client.identify({ shard: taken ?? 0 });
  const leaving = await holdV1(service, `shard=${gone}&confirm=true`);
  const staying = await holdV1(service, `shard=${next}`);
  leaving.reset();
  await seenBy(service);
  expect((await staying.answer()).status).toBe(200);
  await untilGranted(service, next ?? 0);
  expect(grantedShards(service)).not.toContain(gone);
  staying.reset();
});

test('pipelined requests are answered in their order', async () => {
  const [closed, open] = [newBucket(), newBucket()];
  await client.identify({ shard: closed });
  const connection = await Connection.open(service.url);
  const method = 'POST';
  connection.send({ method, target: `/v1/identify?shard=${closed + BUCKETS}` });
  connection.send({ method, target: `/v1/identify?shard=${open}&maxWaitMs=1000` });
  connection.send({ method, target: '/v1/identify?shard=x' });
  // Its bucket is open, and no request takes its permit while the answer before is not written.
  expect((await client.identify({ shard: open + BUCKETS })).status).toBe(200);
  expect(shown(await connection.answer())).toMatchObject({ body: { shard: closed + BUCKETS } });
  const [second, third] = [await connection.answer(), await connection.answer()];
  expect([200, 429]).toContain(second.status);
  expect(shown(third)).toEqual(problem(400, 'invalid-parameter', { parameter: 'shard' }));
  connection.reset();
});
