import { afterEach, expect, test } from 'vitest';

import { makeDataDir, removeDataDirs } from '../support/state/data-dirs.ts';
import { logged } from '../support/service/log.ts';
import { storedPermits, storedRanks } from '../support/state/stored-state.ts';
import { startService, type Service } from '../support/service/service.ts';
import { problem, retryAfterMs, shown } from '../support/v1/expected.ts';
import { holdV1, holdV1On } from '../support/v1/hold.ts';
import { V1Client } from '../support/v1/client.ts';
import { hold, seenBy } from '../support/http/ask.ts';
import { Connection } from '../support/http/connection.ts';
import type { Answer } from '../support/http/response-reader.ts';

/** Long before this is over the test is: nothing is granted. */
const NEVER_MS = '3600000';

let service: Service | undefined;
afterEach(async () => {
  await service?.kill();
  await removeDataDirs();
});

function expectTurnedAway(answer: Pick<Answer, 'headers'> | { readonly headers: Headers }): void {
  const ms = retryAfterMs(answer.headers);
  expect(ms).toBeGreaterThanOrEqual(1000);
  expect(ms).toBeLessThanOrEqual(5000);
}

test('P10: when the service is full /v1 says so and when to ask again, and held requests stay', async () => {
  service = await startService({ MAX_WAITING: '3', IDENTIFY_INTERVAL_MS: NEVER_MS });
  const client = new V1Client(service.url);
  const held = [
    await holdV1(service, 'shard=1&maxWaitMs=3600000'),
    await holdV1(service, 'shard=2&maxWaitMs=3600000'),
    await hold(service, '/?shard=3'),
  ];
  for (const query of [
    { shard: 4 },
    { shard: 1 },
    { shard: 6, priority: 'high' },
    { shard: 7, maxWaitMs: 0 },
  ]) {
    const answer = await client.identify(query);
    expect(shown(answer)).toEqual(problem(503, 'full'));
    expectTurnedAway(answer);
    expect(answer.headers.get('connection')).not.toBe('close');
  }
  const wrong = await client.identify({ shard: 'x' });
  expect(shown(wrong)).toEqual(problem(400, 'invalid-parameter', { parameter: 'shard' }));
  expect(held.flatMap(({ answers }) => answers)).toEqual([]);
  expect(held.some(({ isClosed }) => isClosed)).toBe(false);

  // There is room again for as many as leave.
  held[0]?.reset();
  await seenBy(service);
  const next = await client.identify({ shard: 4, maxWaitMs: 1 });
  expect(shown(next)).toEqual(
    problem(429, 'wait-over', {
      reason: expect.any(String),
      position: expect.any(Number),
      estimatedWaitMs: expect.anything(),
    }),
  );
  for (const connection of held) connection.reset();
});

test('P6: at SIGTERM held /v1 requests are told to ask again, held / requests are closed, and places are kept', async () => {
  const dataDir = await makeDataDir();
  const settings = { DATA_DIR: dataDir, IDENTIFY_INTERVAL_MS: NEVER_MS, SHUTDOWN_DELAY_MS: '1500' };
  service = await startService(settings);
  const idle = await Connection.open(service.url);
  const shards = [7, 3, 5, 1, 2];
  const mute = [await hold(service, '/?shard=7')];
  const told = [
    await holdV1(service, 'shard=3'),
    await holdV1(service, 'shard=5&confirm=true&maxWaitMs=3600000'),
  ];
  // Where one of them must not be answered, none on its connection is.
  const mixed = await hold(service, '/?shard=1');
  mixed.send({ method: 'POST', target: '/v1/identify?shard=2' });
  mute.push(mixed);
  await seenBy(service);

  const ended = service.stop();
  await logged(service, 'Shutting down');
  const client = new V1Client(service.url);
  const late = await client.identify({ shard: 9 });
  expect(shown(late)).toEqual(problem(503, 'draining'));
  expect(late.headers.get('connection')).toBe('close');
  expectTurnedAway(late);
  idle.send({ method: 'POST', target: '/v1/identify?shard=9' });
  const onOld = await idle.answer();
  expect(shown(onOld)).toEqual(problem(503, 'draining'));
  expect(onOld.headers['connection']).toBe('close');
  // Those who came before are not turned away yet.
  expect([...told, ...mute].flatMap(({ answers }) => answers)).toEqual([]);

  for (const connection of told) {
    const answer = await connection.answer();
    expect(shown(answer)).toEqual(problem(503, 'draining'));
    expect(answer.headers['connection']).toBe('close');
    expectTurnedAway(answer);
    await connection.closed;
    expect(connection.answers).toHaveLength(1);
  }
  for (const connection of mute) {
    await connection.closed;
    expect(connection.answers).toEqual([]);
  }
  expect(await ended).toBe(0);
  // The one behind another on its connection had no turn yet, so it has no place.
  const places = await storedRanks(dataDir);
  expect(places.map(({ shard }) => shard)).toEqual(shards.slice(0, 4));
  expect(await storedPermits(dataDir)).toEqual([]);
});

test('two held /v1 requests on one connection do not delay the shutdown', async () => {
  service = await startService({ IDENTIFY_INTERVAL_MS: NEVER_MS });
  const connection = await holdV1(service, 'shard=1');
  connection.send({ method: 'POST', target: '/v1/identify?shard=2' });
  const other = await Connection.open(service.url);
  await holdV1On(other, 'shard=3');
  await seenBy(service);
  expect(await service.stop()).toBe(0);
  for (const { answers, closed } of [connection, other]) {
    await closed;
    expect(answers[0]).toMatchObject({ status: 503, headers: { connection: 'close' } });
  }
});
