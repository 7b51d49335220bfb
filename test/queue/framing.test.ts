import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { startService, type Service } from '../support/service/service.ts';
import { ask } from '../support/http/ask.ts';
import { Bucket } from '../support/queue/bucket.ts';
import { Connection } from '../support/http/connection.ts';
import type { WireRequest } from '../support/http/request.ts';

const maxConcurrency = 32;
const intervalMs = 150;

let service: Service;
beforeAll(async () => {
  service = await startService({
    MAX_CONCURRENCY: String(maxConcurrency),
    IDENTIFY_INTERVAL_MS: String(intervalMs),
    IDENTIFY_MARGIN_MS: '0',
  });
});
afterAll(() => service.kill());

let buckets = 0;
const closedBucket = (): Promise<Bucket> =>
  Bucket.close(service, buckets++, { maxConcurrency, intervalMs });

const UPGRADE = ['Host: queue', 'Connection: Upgrade', 'Sec-WebSocket-Version: 13'];

const REQUESTS: Readonly<Record<string, WireRequest>> = {
  'without a Host': { headers: [] },
  'with two Hosts': { headers: ['Host: one', 'Host: two'] },
  'of HTTP/1.0': { version: '1.0', headers: [] },
  'of HTTP/1.0 that wants to keep the connection': {
    version: '1.0',
    headers: ['Connection: keep-alive'],
  },
  'that wants the connection closed': { headers: ['Host: queue', 'Connection: close'] },
  'that expects 100-continue': {
    method: 'POST',
    headers: ['Host: queue', 'Expect: 100-continue', 'Content-Length: 2'],
  },
  'that expects 100-continue and does not wait for it': {
    method: 'POST',
    headers: ['Host: queue', 'Expect: 100-continue', 'Content-Length: 2'],
    body: '{}',
  },
  'that expects the unknown': { headers: ['Host: queue', 'Expect: the-unknown'] },
  'that expects the unknown, with a body': {
    method: 'POST',
    headers: ['Host: queue', 'Expect: a=b', 'Content-Type: x', 'Content-Length: 2'],
    body: '{}',
  },
  'to upgrade to a WebSocket': {
    headers: [...UPGRADE, 'Upgrade: websocket', 'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=='],
  },
  'to upgrade to HTTP/2': {
    headers: [
      'Host: queue',
      'Connection: Upgrade, HTTP2-Settings',
      'Upgrade: h2c',
      'HTTP2-Settings: ',
    ],
  },
  'with headers that other servers mind': {
    headers: [
      'Host: queue',
      'Accept: image/png',
      'Accept-Version: 9',
      'Range: bytes=0-1',
      'If-None-Match: *',
      'If-Modified-Since: Mon, 01 Jan 2035 00:00:00 GMT',
      'Origin: http://elsewhere',
      'Sec-Fetch-Site: cross-site',
      'X-HTTP-Method-Override: DELETE',
    ],
  },
  'with a long header': { headers: ['Host: queue', `X-Long: ${'x'.repeat(8000)}`] },
  'with a header in bytes beyond ASCII': { headers: ['Host: queue', 'X-Name: \xff\xe9'] },
};

describe('a request is held and answered like any other', () => {
  test.for(Object.entries(REQUESTS))('%s', async ([, request]) => {
    const bucket = await closedBucket();
    expect(await ask(service, { target: bucket.nextTarget(), ...request })).toMatchObject(
      bucket.nextPermit(),
    );
  });

  test('whose target is a whole URL', async () => {
    const bucket = await closedBucket();
    const target = `http://queue:80${bucket.nextTarget()}`;
    expect(await ask(service, { target })).toMatchObject(bucket.nextPermit());
  });

  test('that comes byte by byte', async () => {
    const bucket = await closedBucket();
    const connection = await Connection.open(service.url);
    for (const byte of `GET ${bucket.nextTarget()} HTTP/1.1\r\nHost: queue\r\n\r\n`) {
      connection.sendBytes(byte);
      await new Promise(setImmediate);
    }
    expect(await connection.answer()).toMatchObject(bucket.nextPermit());
    connection.reset();
  });

  test('with unknown parameters', async () => {
    const bucket = await closedBucket();
    const target = `${bucket.nextTarget()}&shards=4&__proto__=1&shardId=x&constructor&&=&bot=default`;
    expect(await ask(service, { target })).toMatchObject(bucket.nextPermit());
  });

  test('with leading zeros', async () => {
    const bucket = await closedBucket();
    const target = bucket.nextTarget().replace('shard=', 'shard=000');
    expect(await ask(service, { target })).toMatchObject(bucket.nextPermit());
  });
});

describe('several requests on one connection', () => {
  test('one after the other are held one after the other', async () => {
    const bucket = await closedBucket();
    const connection = await Connection.open(service.url);
    for (const method of ['GET', 'POST', 'GET']) {
      connection.send({
        method,
        target: bucket.nextTarget(),
        headers: ['Content-Length: 1'],
        body: 'x',
      });
      expect(await connection.answer()).toMatchObject(bucket.nextPermit());
    }
    connection.reset();
  });

  test('at once, of one bucket, are answered an interval apart', async () => {
    const bucket = await closedBucket();
    const connection = await Connection.open(service.url);
    for (let count = 0; count < 3; count += 1) connection.send({ target: bucket.nextTarget() });
    for (let count = 0; count < 3; count += 1)
      expect(await connection.answer()).toMatchObject(bucket.nextPermit());
    connection.reset();
  });

  test('at once, of several buckets, are answered in their order, each when its bucket is open', async () => {
    const second = await closedBucket();
    const first = await closedBucket();
    const connection = await Connection.open(service.url);
    connection.send({ method: 'HEAD', target: first.nextTarget() });
    connection.send({ method: 'PUT', target: second.nextTarget() });
    connection.send({ target: '/health/live' });
    expect(await connection.answer()).toMatchObject(first.nextPermit('HEAD'));
    expect(await connection.answer()).toMatchObject(second.nextPermit());
    expect((await connection.answer()).status).toBe(200);
    connection.reset();
  });

  test('a malformed one behind a held one is refused once the held one has its answer', async () => {
    const bucket = await closedBucket();
    const connection = await Connection.open(service.url);
    connection.send({ target: bucket.nextTarget() });
    connection.send({ target: '/?shard=x' });
    expect(await connection.answer()).toMatchObject(bucket.nextPermit());
    expect((await connection.answer()).status).toBe(400);
    connection.reset();
  });
});
