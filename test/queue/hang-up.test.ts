import { afterEach, beforeEach, expect, test } from 'vitest';

import { hold, holdOn, seenBy } from '../support/http/ask.ts';
import { Connection } from '../support/http/connection.ts';
import { startGatedService, type GatedService } from '../support/queue/gated-service.ts';
import { released, granted, grantedShards, untilGranted } from '../support/queue/permit-log.ts';
import { permit } from '../support/queue/expected.ts';

const LAST = 1_000_000;

// Nothing is granted until everybody has come and gone.
let gated: GatedService;
beforeEach(async () => {
  gated = await startGatedService();
});
afterEach(() => gated.stop());

/** Gives one permit, waits until the last in line has it, and tells who was granted any. */
async function grantedOnceServed(last: Connection): Promise<unknown[]> {
  await seenBy(gated.service);
  gated.open(1);
  expect(await last.answer()).toMatchObject(permit());
  await untilGranted(gated.service, LAST);
  last.reset();
  // No request that had left was given a permit that had to be released.
  expect(released(gated.service)).toEqual([]);
  return grantedShards(gated.service);
}

test('P5 when 299 of 300 waiters hang up, the last one gets the next permit', async () => {
  const leaving = await Promise.all(
    Array.from({ length: 299 }, (_, shard) => hold(gated.service, `/?shard=${shard}`)),
  );
  const last = await hold(gated.service, `/?shard=${LAST}`);
  for (const [index, connection] of leaving.entries()) {
    if (index % 2 === 0) connection.finish();
    else connection.reset();
  }
  // The service closes what is half closed, so this also says that it has seen it.
  await Promise.all(leaving.map(({ closed }) => closed));
  expect(await grantedOnceServed(last)).toEqual([LAST]);
});

test('P5 a request that hung up takes no permit, however it was sent and ended', async () => {
  const mebibyte = 'x'.repeat(1024 * 1024);
  const ways: Record<string, (connection: Connection) => void> = {
    'with a body that was not read': (connection) => {
      const headers = [`Content-Length: ${mebibyte.length}`];
      connection.send({ method: 'POST', target: '/?shard=1', headers, body: mebibyte });
    },
    'with a body that is still coming': (connection) => {
      const headers = ['Content-Length: 2000000'];
      connection.send({ method: 'POST', target: '/?shard=2', headers, body: mebibyte });
    },
    'with chunks that are still coming': (connection) => {
      const headers = ['Transfer-Encoding: chunked'];
      connection.send({ method: 'PUT', target: '/?shard=3', headers, body: '1\r\nx\r\n' });
    },
    'with two requests in line': (connection) => {
      connection.send({ target: '/?shard=4' });
      connection.send({ target: '/?shard=5' });
    },
    'with a request cut short behind the one that is held': (connection) => {
      connection.send({ target: '/?shard=6' });
      connection.sendBytes('GET /?shard=7 HTTP/1.1\r\nHo');
    },
    'of HTTP/1.0': (connection) => {
      connection.send({ target: '/?shard=8', version: '1.0', headers: [] });
    },
    'that names no shard': (connection) => {
      connection.send({ target: '/' });
    },
    'that sends what is no HTTP while it is held': (connection) => {
      connection.send({ target: '/?shard=9' });
      connection.sendBytes('and now for something completely different\r\n\r\n');
    },
  };
  const endings = [
    (connection: Connection) => connection.finish(),
    (connection: Connection) => connection.reset(),
  ];
  for (const come of Object.values(ways)) {
    for (const go of endings) {
      const connection = await Connection.open(gated.service.url);
      come(connection);
      await seenBy(gated.service);
      go(connection);
      expect((await connection.closed).bytesReceived).toBe(0);
    }
  }
  const last = await hold(gated.service, `/?shard=${LAST}`);
  expect(await grantedOnceServed(last)).toEqual([LAST]);
});

test('P5 when a waiter leaves, the waiters behind it are served in their order', async () => {
  const line: Connection[] = [];
  for (let shard = 0; shard < 9; shard += 1) {
    line.push(await hold(gated.service, `/?shard=${shard}`));
  }
  for (const [shard, connection] of line.entries()) if (shard % 3 === 0) connection.reset();
  await seenBy(gated.service);
  gated.open(6);
  const staying = line.filter((_, shard) => shard % 3 !== 0);
  for (const connection of staying) expect(await connection.answer()).toMatchObject(permit());
  await untilGranted(gated.service, 8);
  expect(grantedShards(gated.service)).toEqual([1, 2, 4, 5, 7, 8]);
  for (const connection of staying) connection.reset();
});

test('P5 when the client leaves after the first of two pipelined requests is answered, the second takes no permit', async () => {
  const connection = await Connection.open(gated.service.url);
  connection.send({ target: '/?shard=1' });
  connection.send({ target: '/?shard=2' });
  gated.open(1);
  expect(await connection.answer()).toMatchObject(permit());
  connection.finish();
  await connection.closed;
  const last = await hold(gated.service, `/?shard=${LAST}`);
  gated.open(2);
  expect(await last.answer()).toMatchObject(permit());
  await untilGranted(gated.service, LAST);
  expect(grantedShards(gated.service)).toEqual([1, LAST]);
  last.reset();
});

test('P6 a shard that hung up and asks again is served before shards that joined meanwhile', async () => {
  const left = await hold(gated.service, '/?shard=1');
  const other = await hold(gated.service, '/?shard=2');
  left.reset();
  await seenBy(gated.service);
  const back = await Connection.open(gated.service.url);
  await holdOn(back, '/?shard=1');
  gated.open(2);
  expect(await other.answer()).toMatchObject(permit());
  expect(await back.answer()).toMatchObject(permit());
  await untilGranted(gated.service, 2);
  expect(grantedShards(gated.service)).toEqual([1, 2]);
  expect(granted(gated.service)).toHaveLength(2);
  other.reset();
  back.reset();
});
