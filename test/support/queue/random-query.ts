import * as fc from 'fast-check';

const MAX_SHARD = 2 ** 31 - 1;
const MAX_WAIT_MS = 3_600_000;

/** What the design says of each parameter, one by one. */
const RULES = {
  shard: (value: string) => /^\d+$/.test(value) && Number(value) <= MAX_SHARD,
  bot: (value: string) => value === 'default',
  priority: (value: string) => value === 'normal' || value === 'high',
  confirm: (value: string) => value === 'true' || value === 'false',
  maxWaitMs: (value: string) => /^\d+$/.test(value) && Number(value) <= MAX_WAIT_MS,
};

type Parameter = keyof typeof RULES;

/** What `/` knows; all else is nothing to it. */
export const ROOT_PARAMETERS: readonly Parameter[] = ['shard', 'bot'];
export const V1_PARAMETERS: readonly Parameter[] = [
  ...ROOT_PARAMETERS,
  'priority',
  'confirm',
  'maxWaitMs',
];

/** Whether each of the parameters is given once at most, and as the design has it. On `/` any other name may be there. */
export function isWellFormed(query: string, parameters: readonly Parameter[]): boolean {
  const given = new URLSearchParams(query);
  return parameters.every((name) => {
    const values = given.getAll(name);
    return values.length === 0 || (values.length === 1 && RULES[name](values[0] ?? ''));
  });
}

/** Whether a query is as `/v1/identify` has it: well-formed, with a shard, and with no name that it does not know. */
export function isWellFormedV1(query: string): boolean {
  const names: readonly string[] = [...new URLSearchParams(query).keys()];
  return (
    names.includes('shard') &&
    names.every((name) => V1_PARAMETERS.some((known) => known === name)) &&
    isWellFormed(query, V1_PARAMETERS)
  );
}

/** Printable ASCII: all that a request line can have in its target. `#` would end the query. */
export const rawText = fc
  .array(fc.integer({ min: 0x21, max: 0x7e }), { maxLength: 40 })
  .map((codes) => String.fromCharCode(...codes).replaceAll('#', '%23'));

/** Queries with the parameters, names that look like them, and anything else. */
export function randomQuery(parameters: readonly Parameter[]): fc.Arbitrary<string> {
  const name = fc.oneof(
    { weight: 8, arbitrary: fc.constantFrom(...parameters) },
    fc.constantFrom('Shard', 'shardId', 'shard[]', 'shard.x', 's%68ard', 'max%57aitMs', '', '%'),
    fc.constantFrom(
      '__proto__',
      'constructor',
      'toString',
      'then',
      'prototype',
      'hasOwnProperty',
      '%zz',
    ),
  );
  const pair = fc.tuple(name, VALUE).map(([key, text]) => `${key}=${text}`);
  const parts = fc.array(fc.oneof(pair, name), { maxLength: 4 });
  return fc.oneof({ weight: 5, arbitrary: parts.map((some) => some.join('&')) }, rawText);
}

/** Queries that `/v1/identify` takes. */
export const exactQuery = fc
  .record(
    {
      shard: fc.nat({ max: MAX_SHARD }),
      bot: fc.constant('default'),
      priority: fc.constantFrom('normal', 'high'),
      confirm: fc.boolean(),
      maxWaitMs: fc.nat({ max: MAX_WAIT_MS }),
    },
    { requiredKeys: ['shard'] },
  )
  .map((given) =>
    Object.entries(given)
      .map(([name, value]) => `${name}=${value}`)
      .join('&'),
  );

const VALUE = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom('default', '0', 'high', 'normal', 'true', 'false') },
  fc.constantFrom('default%00', '%64efault', 'True', '00', '%30', '1;', '-0', '1e3'),
  fc.constantFrom('2147483647', '2147483648', '3600000', '3600001'),
  fc.nat({ max: 2 ** 32 }).map(String),
  fc.double().map(String),
  fc.string({ unit: 'binary' }).map(encodeURIComponent),
  rawText,
);
