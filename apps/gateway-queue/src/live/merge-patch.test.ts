import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { mergePatch } from './merge-patch.ts';
import { applyMergePatch } from './testing/apply-merge-patch.ts';

test('a patch says what changed, what came and what went, and nothing else', () => {
  const from = { a: 1, b: { c: 2, d: { e: 3 }, f: true }, g: 'same', h: { i: 1 } };
  const to = { a: 2, b: { c: 2, d: {}, j: 'new' }, g: 'same', h: { i: 1 } };
  expect(mergePatch(from, to)).toEqual({ a: 2, b: { d: { e: null }, f: null, j: 'new' } });
});

test('where nothing changed there is no patch, whatever order members are in', () => {
  expect(mergePatch({ a: [1, { b: 2 }], c: {} }, { c: {}, a: [1, { b: 2 }] })).toBeUndefined();
});

test('an object in place of something else, and the reverse', () => {
  expect(mergePatch({ a: 1, b: { c: 1 } }, { a: { c: 1 }, b: 1 })).toEqual({ a: { c: 1 }, b: 1 });
  expect(mergePatch({ a: {} }, { a: 1 })).toEqual({ a: 1 });
  expect(mergePatch({ a: 1 }, { a: {} })).toEqual({ a: {} });
});

test('what readers do with a patch is what the RFC says', () => {
  // RFC 7396, appendix A.
  expect(applyMergePatch({ a: { b: 'c' } }, { a: { b: 'd', c: null } })).toEqual({
    a: { b: 'd' },
  });
  expect(applyMergePatch({ a: 'foo' }, { b: [1] })).toEqual({ a: 'foo', b: [1] });
  expect(applyMergePatch({ a: [{ b: 'c' }] }, { a: [1] })).toEqual({ a: [1] });
  expect(applyMergePatch({ e: null }, { a: 1 })).toEqual({ e: null, a: 1 });
  expect(applyMergePatch([1, 2], { a: 'b', c: null })).toEqual({ a: 'b' });
  expect(applyMergePatch({}, { a: { bb: { ccc: null } } })).toEqual({ a: { bb: {} } });
});

/** Names that come up again and again, and some that trip the careless. */
const names = fc.oneof(
  fc.constantFrom('a', 'b', 'c', '0', '__proto__', 'constructor', 'toString', ''),
  fc.string(),
);

/** Any JSON but null, which no snapshot has. */
const { members } = fc.letrec<{ value: unknown; members: object }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.integer({ min: 0, max: 3 }),
    fc.string({ maxLength: 2 }),
    fc.boolean(),
    fc.array(fc.integer({ min: 0, max: 1 }), { maxLength: 2 }),
    tie('members'),
  ),
  members: fc
    .array(fc.tuple(names, tie('value')), { maxLength: 5 })
    .map((entries): object => Object.fromEntries(entries)),
}));

test('whatever states follow one another, their patches make the last of the first', () => {
  fc.assert(
    fc.property(fc.array(members, { minLength: 2, maxLength: 6 }), (states) => {
      let reader: unknown = structured(states[0]);
      for (const [index, state] of states.entries()) {
        const before = states[index - 1];
        if (before === undefined) continue;
        const patch = mergePatch(before, state);
        if (patch !== undefined) reader = applyMergePatch(reader, structured(patch));
        expect(JSON.stringify(sorted(reader))).toBe(JSON.stringify(sorted(state)));
      }
    }),
    { numRuns: 2000 },
  );
});

/** As it comes over the wire. */
function structured(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}

/** The same with its members in order: objects that are equal are written alike then. */
function sorted(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.entries(value)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, member]) => [name, sorted(member)]);
}
