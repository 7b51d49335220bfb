import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { startService, type Service } from '../support/service/service.ts';
import { problem, shown } from '../support/v1/expected.ts';
import { idOf, V1Client } from '../support/v1/client.ts';
import { ask } from '../support/http/ask.ts';
import { BODIES } from '../support/queue/bodies.ts';
import { notFound } from '../support/queue/expected.ts';

/** Far more than there are tests, so that each of them has buckets of its own. */
const BUCKETS = 1000;

const CONFIRM_TIMEOUT_MS = 700;

/** Stands in everything that is sent besides what is asked for. */
const CANARY = 'canary-7c2e';

let service: Service;
let client: V1Client;
beforeAll(async () => {
  service = await startService({
    MAX_CONCURRENCY: String(BUCKETS),
    CONFIRM_TIMEOUT_MS: String(CONFIRM_TIMEOUT_MS),
    LOG_LEVEL: 'trace',
  });
  client = new V1Client(service.url, { 'x-noise': CANARY, authorization: `Bot ${CANARY}` });
  // From here on each unused bucket is open.
  await client.identify({ shard: 0 });
});
afterAll(() => service.kill());

let nextBucket = 1;
function newBucket(): number {
  nextBucket += 1;
  return nextBucket;
}

describe('a permit', () => {
  test('names its fields, without confirmBy unless it has to be confirmed', async () => {
    const shard = newBucket() + 2 * BUCKETS;
    const answer = await client.identify({ shard });
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe('application/json');
    expect(answer.body).toEqual({
      id: expect.stringMatching(/^default:[\da-f-]{36}$/),
      bot: 'default',
      shard,
      bucket: shard % BUCKETS,
      grantedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
      waitedMs: expect.toSatisfy(Number.isInteger),
    });
  });

  test('with every parameter given, says by when it has to be confirmed', async () => {
    const bucket = newBucket();
    const answer = await client.identify({
      shard: bucket,
      bot: 'default',
      priority: 'high',
      confirm: true,
      maxWaitMs: 3_600_000,
    });
    expect(answer).toMatchObject({ status: 200, body: { shard: bucket, bucket } });
    const { grantedAt, confirmBy } = answer.body ?? {};
    const leftMs = Date.parse(String(confirmBy)) - Date.parse(String(grantedAt));
    expect(leftMs).toBeGreaterThan(0);
    expect(leftMs).toBeLessThanOrEqual(CONFIRM_TIMEOUT_MS);
  });

  test.each(Object.entries(BODIES))('is given whatever the body is: %s', async (_name, given) => {
    const shard = newBucket();
    const headers = ['Host: queue', `X-Noise: ${CANARY}`, ...given.headers];
    const request = { method: 'POST', target: `/v1/identify?shard=${shard}`, headers };
    const answer = await ask(service, { ...request, body: given.body });
    expect(shown(answer)).toMatchObject({ status: 200, body: { shard } });
  });

  test('is given to a request with a secret in its body, and the secret is not kept', async () => {
    const shard = newBucket();
    const body = JSON.stringify({ token: CANARY });
    const headers = ['Content-Type: application/json', `Content-Length: ${body.length}`];
    const request = { method: 'POST', headers, body };
    const target = `/v1/identify?shard=${shard}`;
    expect(await ask(service, { ...request, target })).toMatchObject({ status: 200 });
    for (const bad of [
      `/v1/identify?shard=${CANARY}`,
      `/v1/identify?shard=${shard}&token=${CANARY}`,
      `/v1/${CANARY}`,
      `/v1/permits/${CANARY}/confirm`,
    ]) {
      expect((await ask(service, { ...request, target: bad })).body).not.toContain(CANARY);
    }
  });
});

const WRONG: Readonly<Record<string, readonly string[]>> = {
  shard: ['abc', '', '-1', '1.5', '1e3', '0x10', '%201', '2147483648', '1&shard=1'],
  priority: ['', 'urgent', 'HIGH', 'high%20', 'toString', 'high&priority=high'],
  confirm: ['', '1', 'yes', 'TRUE', 'true&confirm=true', 'true&confirm=false'],
  maxWaitMs: [
    '',
    '-1',
    '1.5',
    '1e3',
    '0x10',
    'abc',
    '%2B1',
    '3600001',
    '99999999',
    '1&maxWaitMs=1',
  ],
  bot: ['default&bot=default', 'default&bot=other'],
};

describe('a wrong parameter', () => {
  test.each(Object.entries(WRONG))('%s is refused at once and named', async (parameter, values) => {
    for (const value of values) {
      const answer = await client.call(
        'POST',
        `/v1/identify?${parameter === 'shard' ? '' : 'shard=1&'}${parameter}=${value}`,
      );
      expect([value, shown(answer)]).toEqual([
        value,
        problem(400, 'invalid-parameter', { parameter }),
      ]);
    }
  });

  test('an unknown bot is refused at once', async () => {
    for (const bot of ['nobody', '', 'Default', '__proto__', 'default%20']) {
      const answer = await client.call('POST', `/v1/identify?shard=1&bot=${bot}`);
      expect([bot, shown(answer)]).toEqual([
        bot,
        problem(400, 'unknown-bot', { parameter: 'bot' }),
      ]);
    }
  });
});

test('another path is not found, and never held', async () => {
  const id = idOf(await client.identify({ shard: newBucket(), confirm: true }));
  const others = [
    ...['/v1', '/v1/', '/v1/identify/x', '/v1/Identify', '/v1/permits', '/v2/identify'].map(
      (path) => ['POST', path],
    ),
    ['POST', `/v1/permits/${id}/release`],
  ];
  for (const [method = '', target = ''] of others) {
    const answer = await ask(service, {
      method,
      target: `${target}?shard=1`,
      headers: ['Host: q'],
    });
    expect([method, target, answer]).toMatchObject([method, target, notFound(method)]);
  }
  expect((await client.confirm(id)).status).toBe(204);
});

// The last one, so that it is about all the others too.
test('nothing that was sent is in the log, at any log level', async () => {
  expect(await service.stop()).toBe(0);
  expect(service.output()).toContain('A shard may identify');
  expect(service.output()).not.toContain(CANARY);
});
