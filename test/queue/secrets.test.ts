import { afterEach, expect, test } from 'vitest';

import { startService, type Service } from '../support/service/service.ts';
import { ask, hold, seenBy } from '../support/http/ask.ts';
import { Connection } from '../support/http/connection.ts';
import { untilGranted } from '../support/queue/permit-log.ts';

let service: Service | undefined;
afterEach(() => service?.kill());

/** Stands in everything that is sent. */
const CANARY = 'canary-4f1d';

const HEADERS = [
  `Host: ${CANARY}.example`,
  `Authorization: Bot ${CANARY}`,
  `Cookie: session=${CANARY}`,
  // The agent of a client whose permits recur is logged, without what may be a token.
  `User-Agent: probe/1 ${CANARY.repeat(4)}`,
  `Referer: http://${CANARY}/`,
  `X-Request-Id: ${CANARY}`,
  `X-Forwarded-For: ${CANARY}`,
  `Content-Type: ${CANARY}`,
  `Expect: ${CANARY}`,
  `Content-Length: ${CANARY.length}`,
];

test('no value that clients send is in the log, at any log level', async () => {
  service = await startService({
    IDENTIFY_INTERVAL_MS: '20',
    IDENTIFY_MARGIN_MS: '0',
    LOG_LEVEL: 'trace',
    TRUST_PROXY: 'true',
    // So that requests without a shard are warned of.
    MAX_CONCURRENCY: '2',
  });
  const query = `token=${CANARY}`;
  const targets = [
    `/?shard=1&${query}`,
    `/?${query}`,
    `/?shard=1&${CANARY.repeat(4)}`,
    `/?shard=1&{"token":"${CANARY}"}`,
    `/?shard=${CANARY}`,
    `/?bot=${CANARY}`,
    `/${CANARY}?${query}`,
    `/%zz${CANARY}`,
    `/health/live?${query}`,
    `/health/ready?${query}`,
    `/docs-json?${query}`,
    `http://${CANARY}/?shard=3`,
  ];
  for (const target of targets) {
    for (const method of ['GET', 'POST']) {
      await ask(service, { method, target, headers: HEADERS, body: CANARY });
    }
  }

  const leaving = await hold(service, `/?shard=1&${query}`);
  leaving.reset();
  for (const noise of [`${CANARY}\r\n\r\n`, `GET / HTTP/1.1\r\n${CANARY}\r\n\r\n`]) {
    const connection = await Connection.open(service.url);
    connection.sendBytes(noise);
    expect((await connection.closed).bytesReceived).toBe(0);
  }
  await seenBy(service);
  await ask(service, { target: '/?shard=99' });
  await untilGranted(service, 99);
  expect(await service.stop()).toBe(0);
  expect(service.output()).toContain('A request names no shard');
  expect(service.output()).toContain('"parameter":"token"');
  expect(service.output()).not.toContain(CANARY);
});
