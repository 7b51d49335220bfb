import { afterEach, beforeEach, expect, test } from 'vitest';

import { ask, hold, seenBy } from '../support/http/ask.ts';
import { Connection, type End } from '../support/http/connection.ts';
import { startGatedService, type GatedService } from '../support/queue/gated-service.ts';
import { granted, untilGranted } from '../support/queue/permit-log.ts';
import { permit, refusalOf } from '../support/queue/expected.ts';
import type { Answer } from '../support/http/response-reader.ts';

const MAX_WAITING = 50;

let gated: GatedService;
beforeEach(async () => {
  gated = await startGatedService({ MAX_WAITING: String(MAX_WAITING), IDENTIFY_INTERVAL_MS: '5' });
});
afterEach(() => gated.stop());

function fill(from = 0): Promise<Connection[]> {
  return Promise.all(
    Array.from({ length: MAX_WAITING }, (_, index) =>
      hold(gated.service, `/?shard=${from + index}`),
    ),
  );
}

/** Closed without a byte: any answer could be taken as leave to identify. */
const UNANSWERED = { bytesReceived: 0 };

/** How the connection of a request ends that gets no answer. */
async function endOf(method = 'GET', body = ''): Promise<End> {
  const connection = await Connection.open(gated.service.url);
  connection.send({ method, headers: [`Content-Length: ${body.length}`], body });
  return connection.closed;
}

async function answersOf(connections: readonly Connection[]): Promise<Answer[]> {
  const answers = await Promise.all(connections.map((connection) => connection.answer()));
  for (const connection of connections) connection.reset();
  return answers;
}

const ALL_SERVED = Array.from({ length: MAX_WAITING }, () => permit());

test('P10 when the service is full a new request is turned away without a byte, and held requests stay', async () => {
  const held = await fill();
  expect(await endOf()).toEqual(UNANSWERED);
  expect(await endOf('POST', '{"token":')).toEqual(UNANSWERED);
  expect(await endOf('HEAD')).toEqual(UNANSWERED);
  expect(await endOf('QUERY', 'x'.repeat(1024 * 1024))).toEqual(UNANSWERED);

  // Full is not dead, and what is wrong is still said.
  expect((await ask(gated.service, { target: '/health/live' })).status).toBe(200);
  expect((await ask(gated.service, { target: '/health/ready' })).status).toBe(200);
  const malformed = await ask(gated.service, { target: '/?shard=x' });
  expect(malformed).toMatchObject(refusalOf('shard'));

  expect(held.filter(({ isClosed }) => isClosed)).toEqual([]);
  gated.open(1000);
  expect(await answersOf(held)).toMatchObject(ALL_SERVED);
});

test('P10 each request that leaves makes room for one', async () => {
  const held = await fill();
  expect(await endOf()).toEqual(UNANSWERED);
  for (const connection of held.splice(0, 2)) connection.reset();
  await seenBy(gated.service);
  held.push(await hold(gated.service, '/?shard=100'), await hold(gated.service, '/?shard=101'));
  expect(await endOf()).toEqual(UNANSWERED);

  gated.open(1000);
  expect(await answersOf(held)).toMatchObject(ALL_SERVED);
});

test('P10 each request that is served makes room for one', async () => {
  const held = await fill();
  gated.open(1000);
  expect(await answersOf(held)).toMatchObject(ALL_SERVED);
  const others = await fill(MAX_WAITING);
  expect(await answersOf(others)).toMatchObject(ALL_SERVED);
  await untilGranted(gated.service, 2 * MAX_WAITING - 1);
  expect(granted(gated.service)).toHaveLength(2 * MAX_WAITING);
});

test('P10 pipelined requests are counted one by one', async () => {
  const connection = await Connection.open(gated.service.url);
  for (let shard = 0; shard < MAX_WAITING; shard += 1) {
    connection.send({ target: `/?shard=${shard}` });
  }
  await seenBy(gated.service);
  expect(await endOf()).toEqual(UNANSWERED);
  gated.open(1000);
  for (let shard = 0; shard < MAX_WAITING; shard += 1)
    expect(await connection.answer()).toMatchObject(permit());
  connection.reset();
});

test('P10 a request too many, pipelined behind a held one, ends the connection once the held one is answered', async () => {
  const connections = await fill();
  const [first] = connections;
  first?.send({ target: '/?shard=1' });
  await seenBy(gated.service);
  gated.open(MAX_WAITING);
  expect(await first?.answer()).toMatchObject(permit());
  await first?.closed;
  expect(first?.answers).toHaveLength(1);
  await answersOf(connections.slice(1));
});
