import { setTimeout as sleep } from 'node:timers/promises';

import { afterEach, expect, test } from 'vitest';

import { monotonicNow } from '../support/discord/clock.ts';
import { hold } from '../support/http/ask.ts';
import { Connection } from '../support/http/connection.ts';
import { startGatedService, type GatedService } from '../support/queue/gated-service.ts';
import { permit } from '../support/queue/expected.ts';

/** What the service allows for the headers. */
const HEADERS_TIMEOUT_MS = 15_000;

/** Longer than that. */
const HELD_MS = 20_000;

let gated: GatedService | undefined;
afterEach(() => gated?.stop());

/** Says something each 100 ms for as long as the connection stands. */
async function dribble(connection: Connection, first: string, each: string): Promise<void> {
  connection.sendBytes(first);
  while (!connection.isClosed) {
    await sleep(100);
    connection.sendBytes(each);
  }
}

/** @returns when it was closed */
async function closedUnanswered(connection: Connection): Promise<number> {
  expect(await connection.closed).toEqual({ bytesReceived: 0 });
  return monotonicNow();
}

test('P10 a request whose headers come too slowly is cut; a held request is not, even if its body never ends', async () => {
  gated = await startGatedService({ PLACE_TTL_MS: '0' });
  const { service } = gated;
  const open = (): Promise<Connection> => Connection.open(service.url);
  const since = monotonicNow();

  const held = [await hold(service, '/?shard=0')];
  const withBodies = { chunks: await open(), length: await open(), nothing: await open() };
  held.push(...Object.values(withBodies));
  withBodies.nothing.send({ method: 'PUT', target: '/?shard=1', headers: ['Content-Length: 9'] });
  void dribble(
    withBodies.chunks,
    'POST /?shard=2 HTTP/1.1\r\nHost: queue\r\nTransfer-Encoding: chunked\r\n\r\n',
    '1\r\nx\r\n',
  );
  void dribble(
    withBodies.length,
    'POST /?shard=3 HTTP/1.1\r\nHost: queue\r\nContent-Length: 1000000\r\n\r\n',
    'x',
  );

  // Behind a held request it is let be: the one that is held must not be cut.
  const halfSent = await hold(service, '/?shard=6');
  halfSent.sendBytes('GET /?shard=7 HTTP/1.1\r\nHo');
  held.push(halfSent);

  const slow = [await open(), await open(), await open()];
  const [dribbling, stopped] = slow;
  if (dribbling) void dribble(dribbling, 'GET /?shard=4 HTTP/1.1\r\nX-Slow: ', 'x');
  stopped?.sendBytes('GET /?shard=5 HTTP/1.1\r\nHost: queue\r\n');

  for (const closedAt of await Promise.all(slow.map(closedUnanswered))) {
    expect(closedAt - since).toBeGreaterThanOrEqual(HEADERS_TIMEOUT_MS);
  }
  await sleep(Math.max(HELD_MS - (monotonicNow() - since), 0));

  gated.open(held.length);
  for (const connection of held) {
    expect(await connection.answer()).toMatchObject(permit());
    connection.reset();
  }
});
