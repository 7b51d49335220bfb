import * as fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { startService, type Service } from './support/service.ts';
import { Connection } from './support/wire/connection.ts';
import { permit } from './support/wire/permit.ts';

let service: Service;
let connection: Connection;
beforeAll(async () => {
  service = await startService({ IDENTIFY_INTERVAL_MS: '1', IDENTIFY_MARGIN_MS: '0' });
  connection = await Connection.open(service.url);
});
afterAll(() => service.kill());

const LARGEST_SHARD = 2 ** 31 - 1;

/** What the design says of a query. */
function isWellFormed(query: string): boolean {
  const parameters = new URLSearchParams(query);
  const [shard = '0', ...moreShards] = parameters.getAll('shard');
  const [bot = 'default', ...moreBots] = parameters.getAll('bot');
  const once = moreShards.length === 0 && moreBots.length === 0;
  return once && /^\d+$/.test(shard) && Number(shard) <= LARGEST_SHARD && bot === 'default';
}

/** Printable ASCII: all that a request line can have in its target. `#` would end the query. */
const rawText = fc
  .array(fc.integer({ min: 0x21, max: 0x7e }), { maxLength: 40 })
  .map((codes) => String.fromCharCode(...codes).replaceAll('#', '%23'));

const name = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom('shard', 'bot') },
  fc.constantFrom('shardId', 'Shard', 'shard[]', 'shard.x', 's%68ard', '__proto__', 'constructor'),
  fc.constantFrom('toString', 'then', 'hasOwnProperty', 'prototype', '', '%', '%zz'),
);
const value = fc.oneof(
  fc.constantFrom('default', 'default%00', '%64efault', '0', '00', '%30', '1;', '2147483647'),
  fc.nat({ max: 2 ** 32 }).map(String),
  fc.double().map(String),
  fc.string({ unit: 'binary' }).map(encodeURIComponent),
  rawText,
);
const pair = fc.tuple(name, value).map(([key, text]) => `${key}=${text}`);
const query = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.array(fc.oneof(pair, name), { maxLength: 4 }).map((parts) => parts.join('&')),
  },
  rawText,
);

test('any query at all is either held for a permit or refused, as the design has it', async () => {
  await fc.assert(
    fc.asyncProperty(query, async (text) => {
      connection.send({ target: `/?${text}` });
      const answer = await connection.answer();
      expect(answer).toMatchObject(isWellFormed(text) ? permit() : { status: 400 });
    }),
    { numRuns: 800 },
  );
});
