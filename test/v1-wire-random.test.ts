import { METHODS } from 'node:http';

import * as fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { makeDataDir, removeDataDirs } from './support/held/data-dirs.ts';
import { storedPermits } from './support/held/stored-state.ts';
import { startService, type Service } from './support/service.ts';
import { Connection } from './support/wire/connection.ts';

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
    // Nobody waits for long whatever was said before.
    STORM_BELOW: '0',
  });
  connection = await Connection.open(service.url);
});
afterAll(async () => {
  await service.kill();
  await removeDataDirs();
});

const LARGEST_SHARD = 2 ** 31 - 1;
const LONGEST_WAIT_MS = 3_600_000;

/** What the design says of each parameter, one by one. */
const RULES: Readonly<Record<string, (value: string) => boolean>> = {
  shard: (value) => /^\d+$/.test(value) && Number(value) <= LARGEST_SHARD,
  bot: (value) => value === 'default',
  priority: (value) => value === 'normal' || value === 'high',
  confirm: (value) => value === 'true' || value === 'false',
  maxWaitMs: (value) => /^\d+$/.test(value) && Number(value) <= LONGEST_WAIT_MS,
};

function isWellFormed(query: string): boolean {
  const parameters = new URLSearchParams(query);
  return Object.entries(RULES).every(([name, accepts]) => {
    const values = parameters.getAll(name);
    return values.length === 0 || (values.length === 1 && accepts(values[0] ?? ''));
  });
}

/** Printable ASCII: all that a request line can have in its target. `#` would end the query. */
const rawText = fc
  .array(fc.integer({ min: 0x21, max: 0x7e }), { maxLength: 40 })
  .map((codes) => String.fromCharCode(...codes).replaceAll('#', '%23'));

const name = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom(...Object.keys(RULES)) },
  fc.constantFrom('Shard', 'shard[]', 'shard.x', 'max%57aitMs', '__proto__', 'constructor'),
  fc.constantFrom('shardId', 'toString', 'then', 'hasOwnProperty', 'prototype', '', '%', '%zz'),
);
const value = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom('default', '0', 'high', 'normal', 'true', 'false') },
  fc.constantFrom(
    '00',
    '%30',
    '3600000',
    '3600001',
    '2147483648',
    '-0',
    '1e3',
    'True',
    'default%00',
  ),
  fc.nat({ max: 2 ** 32 }).map(String),
  fc.double().map(String),
  fc.string({ unit: 'binary' }).map(encodeURIComponent),
  rawText,
);
const pair = fc.tuple(name, value).map(([key, text]) => `${key}=${text}`);
const query = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.array(fc.oneof(pair, name), { maxLength: 4 }).map((parts) => parts.join('&')),
  },
  rawText,
);
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
  const expected = good ? [200, 429] : [400, 404];
  return expected.includes(status)
    ? undefined
    : `${method} ${target} was answered ${status} ${body}`;
}

test('whatever is asked of /v1 is answered as the design has it, and nothing bad is held or costs a permit', async () => {
  await fc.assert(
    fc.asyncProperty(query, async (text) => {
      const target = `/v1/identify?${text}`;
      expect(await fault('POST', target, isWellFormed(text))).toBeUndefined();
    }),
    { numRuns: 600 },
  );
  await fc.assert(
    fc.asyncProperty(verb, path, query, async (method, place, text) => {
      const good = method === 'POST' && place === '/v1/identify' && isWellFormed(text);
      expect(await fault(method, `${place}?${text}`, good)).toBeUndefined();
    }),
    { numRuns: 600 },
  );
  expect(permits).toBeGreaterThan(50);
  await service.kill();
  expect(await storedPermits(dataDir)).toHaveLength(permits);
});
