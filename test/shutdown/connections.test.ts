import { afterEach, expect, test } from 'vitest';

import { get, HeldRequest, takenIn } from '../support/http/held-request.ts';
import { startService, type Service } from '../support/service/service.ts';

/** The service ends with 1, and a test with a failure, when anything holds up the end for so long. */
const SETTINGS = { IDENTIFY_INTERVAL_MS: '3600000', SHUTDOWN_TIMEOUT_MS: '6000' };

let service: Service | undefined;
let clients: HeldRequest[] = [];
afterEach(async () => {
  for (const client of clients) client.hangUp();
  clients = [];
  await service?.kill();
});

const HELD_POST = 'POST /?shard=1 HTTP/1.1\r\nHost: queue\r\n';

const UNFINISHED = [
  // Nothing at all.
  '',
  // Half a request.
  'GET /?shard=0 HTTP/1.1\r\nHos',
  // Half a body, and one that never ends.
  `${HELD_POST}Content-Length: 1000\r\n\r\nhalf`,
  `${HELD_POST}Transfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n`,
  // One request behind another that is held.
  'GET /?shard=2 HTTP/1.1\r\nHost: queue\r\n\r\n'.repeat(2),
];

test('clients that have sent nothing or half a request do not delay the shutdown', async () => {
  service = await startService(SETTINGS);
  const { url } = service;
  clients = UNFINISHED.flatMap((bytes) =>
    Array.from({ length: 10 }, () => new HeldRequest(url, bytes)),
  );
  await takenIn(url, clients);
  expect(await service.stop()).toBe(0);
  await Promise.all(clients.map(({ closed }) => closed));
  expect(clients.filter(({ bytesReceived }) => bytesReceived > 0)).toEqual([]);
});

test('idle connections that are kept alive do not delay the shutdown', async () => {
  service = await startService(SETTINGS);
  const { url } = service;
  clients = Array.from({ length: 20 }, () => get(url, '/health/live'));
  await Promise.all(clients.map(({ answer }) => answer));
  expect(clients.every(({ isOpen }) => isOpen)).toBe(true);
  expect(await service.stop()).toBe(0);
  await Promise.all(clients.map(({ closed }) => closed));
});

/** More than all buffers between the two take when the client does not read. */
const MUCH = 20;

test('clients that do not read their answers do not delay the shutdown', async () => {
  service = await startService(SETTINGS);
  const { url } = service;
  const path = '/docs/swagger-ui-bundle.js';
  const sample = get(url, path);
  expect((await sample.answer)?.body.length).toBeGreaterThan(1_000_000);
  sample.hangUp();

  const large = `GET ${path} HTTP/1.1\r\nHost: queue\r\n\r\n`.repeat(MUCH);
  // The last of them asks for its turn behind what it does not read.
  const behind = 'GET /?shard=0 HTTP/1.1\r\nHost: queue\r\n\r\n';
  clients = [large, large, large + behind].map((bytes) => new HeldRequest(url, bytes));
  for (const client of clients) client.stall();
  await takenIn(url, clients);
  expect(await service.stop()).toBe(0);
});
