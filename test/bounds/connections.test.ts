import { afterEach, beforeEach, expect, test } from 'vitest';

import { ask, hold } from '../support/http/ask.ts';
import { Connection } from '../support/http/connection.ts';
import { startGatedService, type GatedService } from '../support/queue/gated-service.ts';
import { permit } from '../support/queue/expected.ts';

const MAX_WAITING = 20;

/** How many connections there may be besides those of held requests. */
const MORE_CONNECTIONS = 512;

/** How many come for whom there is no room. */
const TOO_MANY = 40;

let gated: GatedService;
beforeEach(async () => {
  gated = await startGatedService({ MAX_WAITING: String(MAX_WAITING), IDENTIFY_INTERVAL_MS: '5' });
});
afterEach(() => gated.stop());

test('P10 a connection past the bound is closed without a byte, and earlier connections stay open', async () => {
  const { url } = gated.service;
  const held: Connection[] = [];
  for (let shard = 0; shard < MAX_WAITING; shard += 1) {
    held.push(await hold(gated.service, `/?shard=${shard}`));
  }
  const idle: Connection[] = [];
  for (let count = 0; count < MORE_CONNECTIONS; count += 1) idle.push(await Connection.open(url));
  // Connections that are accepted only now count too.
  idle.at(-1)?.send({ target: '/health/live' });
  expect((await idle.at(-1)?.answer())?.status).toBe(200);

  for (let count = 0; count < TOO_MANY; count += 1) {
    const refused = await Connection.open(url);
    refused.send({ target: '/health/live' });
    expect(await refused.closed).toEqual({ bytesReceived: 0 });
  }
  const there = [...held, ...idle];
  expect(there.filter(({ isClosed }) => isClosed)).toEqual([]);

  gated.open(1000);
  for (const connection of held) {
    expect(await connection.answer()).toMatchObject(permit());
    connection.finish();
    await connection.closed;
  }
  // And now there is room.
  expect((await ask(gated.service, { target: '/health/ready' })).status).toBe(200);
  for (const connection of idle) connection.reset();
});

test('P10 headers that are too large end their connection without an answer', async () => {
  const connection = await Connection.open(gated.service.url);
  connection.send({ headers: ['Host: queue', `X-Large: ${'x'.repeat(64 * 1024)}`] });
  expect(await connection.closed).toEqual({ bytesReceived: 0 });
});
