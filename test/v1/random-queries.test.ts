import { METHODS } from 'node:http';

import * as fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { makeDataDir, removeDataDirs } from '../support/state/data-dirs.ts';
import { storedPermits } from '../support/state/stored-state.ts';
import { startService, type Service } from '../support/service/service.ts';
import { Connection } from '../support/http/connection.ts';
import {
  exactQuery,
  isWellFormedV1,
  randomQuery,
  rawText,
  V1_PARAMETERS,
} from '../support/queue/random-query.ts';

let dataDir: string;
let service: Service;
let connection: Connection;
beforeAll(async () => {
  dataDir = await makeDataDir();
  service = await startService({
    DATA_DIR: dataDir,
    IDENTIFY_INTERVAL_MS: '1',
    IDENTIFY_MARGIN_MS: '0',
    CONFIRM_TIMEOUT_MS: '1',
    // No request waits for long, whatever was said before.
    CRASH_LOOP_BELOW: '0',
  });
  connection = await Connection.open(service.url);
});
afterAll(async () => {
  await service.kill();
  await removeDataDirs();
});

const query = fc.oneof(exactQuery, randomQuery(V1_PARAMETERS));
const path = fc.oneof(
  fc.constantFrom('/v1/identify', '/v1/identify/', '/v1', '/v1/', '/v1/permits', '/v1//identify'),
  rawText.map((text) => `/v1/${text.replaceAll('?', '')}`),
  rawText.map((text) => `/v1/permits/${text.replaceAll('?', '')}`),
  rawText.map((text) => `/v1/permits/${text.replaceAll('?', '')}/confirm`),
);
const verb = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom('POST', 'DELETE') },
  // A tunnel has no path, and what comes behind an upgrade is no HTTP.
  fc.constantFrom(...METHODS.filter((known) => known !== 'CONNECT')),
);

let permits = 0;

/** Asks, counts a permit, and says what is wrong with the answer; undefined when it is as the design has it. */
async function fault(method: string, target: string, good: boolean): Promise<string | undefined> {
  connection.send({ method, target });
  const { status, headers, body } = await connection.answer();
  if (status === 200) permits += 1;
  // Paths that cannot be decoded end their connection.
  if (headers['connection'] === 'close') {
    connection.reset();
    connection = await Connection.open(service.url);
  }
  const expected = good ? [200, 429] : [400, 404, 405];
  return expected.includes(status)
    ? undefined
    : `${method} ${target} was answered ${status} ${body}`;
}

test('random requests to /v1 are answered by the documented rules, and a malformed one is never held and costs no permit', async () => {
  await fc.assert(
    fc.asyncProperty(query, async (text) => {
      const target = `/v1/identify?${text}`;
      expect(await fault('POST', target, isWellFormedV1(text))).toBeUndefined();
    }),
    { numRuns: 600 },
  );
  await fc.assert(
    fc.asyncProperty(verb, path, query, async (method, place, text) => {
      const good = method === 'POST' && place === '/v1/identify' && isWellFormedV1(text);
      expect(await fault(method, `${place}?${text}`, good)).toBeUndefined();
    }),
    { numRuns: 600 },
  );
  expect(permits).toBeGreaterThan(50);
  await service.kill();
  expect(await storedPermits(dataDir)).toHaveLength(permits);
});
