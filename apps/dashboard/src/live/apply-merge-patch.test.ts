import { expect, test } from 'vitest';
import { applyMergePatch } from './apply-merge-patch.ts';

/** RFC 7396, appendix A: original, patch, result. */
const CASES: readonly (readonly [string, string, string])[] = [
  ['{"a":"b"}', '{"a":"c"}', '{"a":"c"}'],
  ['{"a":"b"}', '{"b":"c"}', '{"a":"b","b":"c"}'],
  ['{"a":"b"}', '{"a":null}', '{}'],
  ['{"a":"b","b":"c"}', '{"a":null}', '{"b":"c"}'],
  ['{"a":["b"]}', '{"a":"c"}', '{"a":"c"}'],
  ['{"a":"c"}', '{"a":["b"]}', '{"a":["b"]}'],
  ['{"a":{"b":"c"}}', '{"a":{"b":"d","c":null}}', '{"a":{"b":"d"}}'],
  ['{"a":[{"b":"c"}]}', '{"a":[1]}', '{"a":[1]}'],
  ['["a","b"]', '["c","d"]', '["c","d"]'],
  ['{"a":"b"}', '["c"]', '["c"]'],
  ['{"a":"foo"}', 'null', 'null'],
  ['{"e":null}', '{"a":1}', '{"e":null,"a":1}'],
  ['[1,2]', '{"a":"b","c":null}', '{"a":"b"}'],
  ['{}', '{"a":{"bb":{"ccc":null}}}', '{"a":{"bb":{}}}'],
];

test.each(CASES)('%s patched with %s is %s', (original, patch, result) => {
  expect(applyMergePatch(JSON.parse(original), JSON.parse(patch))).toEqual(JSON.parse(result));
});

test('keeps the objects that the patch does not change, and does not change the original', () => {
  const two = { waiting: 2 };
  const before = { bots: { one: { waiting: 1 }, two } };
  const after = applyMergePatch(before, { bots: { one: { waiting: 0 } } });
  expect(after).toEqual({ bots: { one: { waiting: 0 }, two: { waiting: 2 } } });
  expect(after).toSatisfy((patched: typeof before) => patched.bots.two === two);
  expect(before.bots.one.waiting).toBe(1);
});
