import * as fc from 'fast-check';

import { CANARY } from './canary.ts';

/** Texts that others have stumbled over. */
const NOTORIOUS = [
  '',
  ' ',
  '\0',
  'default\0',
  '\r\n',
  'null',
  'undefined',
  'NaN',
  'true',
  '[]',
  '{}',
  '-1',
  '-0',
  '007',
  '1.5',
  '1e3',
  '0x10',
  ' 1',
  '1;',
  '2147483647',
  '2147483648',
  '9007199254740993',
  '99999999999999999999999999',
  '\u0661\u0662',
  '\uff11',
  '\u202edefault',
  '\ufeffdefault',
  'e\u0301',
  '\u{1f98a}',
  '__proto__',
  'constructor',
  'hasOwnProperty',
  '.',
  '..',
  '../../etc/passwd',
  '%00',
  '%zz',
  '*',
  '"',
  'W/"1"',
  "' OR 1=1 --",
  '<script>alert(1)</script>',
  '2026-02-31T00:00:00Z',
] as const;

const LENGTHS = [64, 65, 127, 128, 129, 256, 257, 512, 513, 1000, 1001, 4000, 17_000];

/** Any text; without lone surrogates, which have no encoding. */
export const anyText: fc.Arbitrary<string> = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...NOTORIOUS) },
  fc.constantFrom(...LENGTHS).map((length) => 'x'.repeat(length)),
  fc.constantFrom(...LENGTHS).map((length) => '\u{1f98a}'.repeat(length / 4)),
  fc.integer().map(String),
  fc.double().map(String),
  fc.string({ unit: 'binary' }),
  fc.string({ unit: 'grapheme' }),
);

/** The same, or what must not come back. */
export const anyTextOrSecret = fc.oneof(
  { weight: 5, arbitrary: anyText },
  fc.constantFrom(CANARY, `${CANARY}\0`, `"${CANARY}"`),
);

/** Any value of JSON. */
export const anyJson: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(null, true, false, 0, -1, 1.5, 1e300, 2 ** 53, [], {}) },
  fc.maxSafeInteger(),
  fc.double({ noDefaultInfinity: true, noNaN: true }),
  anyText,
  // Half a character has an escape in JSON, and no encoding.
  fc.constantFrom('\ud800', 'x\udc00'),
  fc.constantFrom(1, 50, 3000).map(nested),
  fc.array(anyText, { maxLength: 3 }),
  fc.jsonValue(),
);

/** @param depth how many arrays stand in one another */
function nested(depth: number): unknown {
  let value: unknown = [];
  for (let level = 1; level < depth; level += 1) value = [value];
  return value;
}
