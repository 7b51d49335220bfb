import { expect, test } from 'vitest';
import { expectedVersion, toETag } from './if-match.ts';

test('an ETag that was answered is the version that it stands for', () => {
  expect(expectedVersion(toETag(1_767_225_600_000), undefined)).toBe(1_767_225_600_000);
});

test('without a header any version is right, and * in If-None-Match expects none', () => {
  expect(expectedVersion(undefined, undefined)).toBeUndefined();
  expect(expectedVersion(undefined, '*')).toBe(0);
});

test.for([
  ['17', undefined, 'If-Match'],
  ['W/"17"', undefined, 'If-Match'],
  ['', undefined, 'If-Match'],
  [undefined, '"17"', 'If-None-Match'],
  ['"17"', '*', 'If-None-Match'],
] as const)('If-Match %s with If-None-Match %s is refused', ([ifMatch, ifNoneMatch, parameter]) => {
  expect(() => expectedVersion(ifMatch, ifNoneMatch)).toThrow(
    expect.objectContaining({
      body: expect.objectContaining({ code: 'invalid-parameter', parameter }),
    }),
  );
});
