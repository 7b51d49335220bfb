import * as fc from 'fast-check';

import { CANARY } from './canary.ts';
import type { Content, Schema } from './document.ts';
import type { PlannedBody } from './plan.ts';
import { valuesOf } from './schema-values.ts';
import { anyJson } from './any-values.ts';

const JSON_TYPE = 'application/json';

/** Past every bound that a service of this kind has. */
const MANY_BYTES = 40_000;

const types = fc.oneof(
  { weight: 20, arbitrary: fc.constantFrom(JSON_TYPE, `${JSON_TYPE}; charset=utf-8`) },
  fc.constantFrom(
    undefined,
    'text/plain',
    'application/xml',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/problem+json',
    'application/jsonx',
    `text/${CANARY}`,
    'no type at all',
    '',
  ),
);

/** What a client sends that believes there to be a body: as a rule there is none. */
export const strayBodies: fc.Arbitrary<PlannedBody | undefined> = fc.oneof(
  { weight: 12, arbitrary: fc.constant(undefined) },
  fc.record({ type: types, bytes: fc.constantFrom('', '{}', '[', `{"token":"${CANARY}"}`) }),
);

/**
 * Bodies as documented, and broken ones.
 *
 * @param contents by content type
 * @param meant values that members of these names have as a rule
 */
export function bodiesOf(
  contents: Readonly<Record<string, Content>>,
  meant: Readonly<Record<string, fc.Arbitrary<unknown>>>,
): fc.Arbitrary<PlannedBody | undefined> {
  const schema = contents[JSON_TYPE]?.schema ?? {};
  const right = withMeant(valuesOf(schema).filter(isMembers), schema, meant);
  const json = fc.oneof(
    { weight: 8, arbitrary: right },
    { weight: 4, arbitrary: withOneWrong(right, schema) },
    { weight: 1, arbitrary: withMore(right) },
    { weight: 1, arbitrary: anyJson },
  );
  const bytes = fc.oneof(
    { weight: 10, arbitrary: json.map((value) => JSON.stringify(value)) },
    { weight: 1, arbitrary: fc.tuple(json, fc.nat()).map(([value, at]) => broken(value, at)) },
  );
  return fc.oneof(
    { weight: 20, arbitrary: fc.record({ type: types, bytes }) },
    fc.constant(undefined),
  );
}

function withMeant(
  right: fc.Arbitrary<Members>,
  { properties = {} }: Schema,
  meant: Readonly<Record<string, fc.Arbitrary<unknown>>>,
): fc.Arbitrary<Members> {
  const some = Object.entries(meant).filter(([name]) => name in properties);
  if (some.length === 0) return right;
  const values = fc.record(Object.fromEntries(some));
  return fc.oneof(
    right,
    fc.tuple(right, values).map(([members, more]) => merged(members, more)),
  );
}

function withOneWrong(right: fc.Arbitrary<Members>, schema: Schema): fc.Arbitrary<Members> {
  const names = Object.keys(schema.properties ?? {});
  if (names.length === 0) return right;
  return (
    fc
      .tuple(right, fc.constantFrom(...names), fc.option(anyJson, { nil: undefined, freq: 5 }))
      // undefined has no JSON: the member is not there.
      .map(([members, name, value]) => merged(members, { [name]: value }))
  );
}

function withMore(right: fc.Arbitrary<Members>): fc.Arbitrary<Members> {
  const name = fc.constantFrom('extra', 'constructor', 'toString', 'role', 'token2', '');
  return fc
    .tuple(right, name, fc.oneof(anyJson, fc.constant(CANARY)))
    .map(([members, more, value]) => merged(members, { [more]: value }));
}

/** JSON that has been through something. */
function broken(value: unknown, at: number): string | Buffer {
  const text = JSON.stringify(value);
  const ways: readonly (() => string | Buffer)[] = [
    () => '',
    () => text.slice(0, at % text.length),
    () => `\ufeff${text}`,
    () => `${text},`,
    () => `${text}${text}`,
    () => text.replaceAll('"', "'"),
    () => text.replace('{', '{"__proto__":{"x":1},'),
    () => text.replace('{', '{"constructor":{"prototype":{"x":1}},'),
    () => text.replace('{', '{"reason":"first","reason":null,"maxConcurrency":0,"token":[],'),
    () => text.replace(/\d+/, '1e400'),
    () => text.replaceAll(/:/g, ':\0'),
    () => `${' '.repeat(MANY_BYTES)}${text}`,
    () => Buffer.from(text, 'utf16le'),
    () => Buffer.concat([Buffer.from(text), Buffer.from([0xff, 0xfe, 0x80])]),
  ];
  return (ways[at % ways.length] ?? (() => text))();
}

type Members = Readonly<Record<string, unknown>>;

function merged(members: Members, more: Members): Members {
  return { ...members, ...more };
}

function isMembers(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
