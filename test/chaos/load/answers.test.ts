import { expect, test } from 'vitest';

import { endOf, understood } from './answers.ts';

const answer = { status: 200, retryAfterMs: Number.NaN, body: '{}', at: 0, doubtMs: 0 };
const none = { at: 0, doubtMs: 0 } as const;

test('on / any answer but a permit is wrong', () => {
  expect(endOf('/', answer)).toEqual({ outcome: 'permit' });
  expect(endOf('/', { ...answer, status: 503, retryAfterMs: 10 })).toMatchObject({
    outcome: 'wrong',
  });
  expect(endOf('/', { ...none, endedBy: 'server' })).toEqual({ outcome: 'closed' });
  expect(endOf('/', { ...none, endedBy: 'client' })).toEqual({ outcome: 'left' });
});

test('on /v1 a permit has its name, and everything else a time to come back', () => {
  const body = JSON.stringify({ id: 'bot:1', bucket: 3 });
  expect(endOf('/v1', { ...answer, body })).toEqual({
    outcome: 'permit',
    permit: { id: 'bot:1', bucket: 3 },
  });
  expect(endOf('/v1', answer)).toMatchObject({ outcome: 'wrong' });
  expect(endOf('/v1', { ...answer, status: 429, retryAfterMs: 0 })).toEqual({ outcome: 'not-yet' });
  expect(endOf('/v1', { ...answer, status: 503, retryAfterMs: 9 })).toEqual({
    outcome: 'draining',
  });
  expect(endOf('/v1', { ...answer, status: 429, retryAfterMs: -2 })).toMatchObject({
    outcome: 'wrong',
  });
  expect(endOf('/v1', { ...answer, status: 503 })).toMatchObject({ outcome: 'wrong' });
  expect(endOf('/v1', { ...answer, status: 500 })).toMatchObject({ outcome: 'wrong' });
});

test('what is said of a permit is taken, comes too late, or has to be said again', () => {
  expect(understood({ ...answer, status: 204 })).toBe(true);
  expect(understood({ ...answer, status: 404 })).toBe(false);
  expect(understood({ ...answer, status: 500 })).toBeUndefined();
  expect(understood({ ...none, endedBy: 'server' })).toBeUndefined();
});
