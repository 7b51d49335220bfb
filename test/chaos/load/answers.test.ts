import { expect, test } from 'vitest';

import { outcomeOf, wasAccepted } from './answers.ts';

const answer = { status: 200, retryAfterMs: Number.NaN, body: '{}', at: 0, uncertaintyMs: 0 };
const none = { at: 0, uncertaintyMs: 0 } as const;

test('on / any answer other than a permit is wrong', () => {
  expect(outcomeOf('/', answer)).toEqual({ outcome: 'permit' });
  expect(outcomeOf('/', { ...answer, status: 503, retryAfterMs: 10 })).toMatchObject({
    outcome: 'wrong',
  });
  expect(outcomeOf('/', { ...none, endedBy: 'server' })).toEqual({ outcome: 'closed' });
  expect(outcomeOf('/', { ...none, endedBy: 'client' })).toEqual({ outcome: 'left' });
});

test('on /v1 a permit has an id and a bucket, and any other answer a retry time', () => {
  const body = JSON.stringify({ id: 'bot:1', bucket: 3 });
  expect(outcomeOf('/v1', { ...answer, body })).toEqual({
    outcome: 'permit',
    permit: { id: 'bot:1', bucket: 3 },
  });
  expect(outcomeOf('/v1', answer)).toMatchObject({ outcome: 'wrong' });
  expect(outcomeOf('/v1', { ...answer, status: 429, retryAfterMs: 0 })).toEqual({
    outcome: 'not-yet',
  });
  expect(outcomeOf('/v1', { ...answer, status: 503, retryAfterMs: 9 })).toEqual({
    outcome: 'draining',
  });
  expect(outcomeOf('/v1', { ...answer, status: 429, retryAfterMs: -2 })).toMatchObject({
    outcome: 'wrong',
  });
  expect(outcomeOf('/v1', { ...answer, status: 503 })).toMatchObject({ outcome: 'wrong' });
  expect(outcomeOf('/v1', { ...answer, status: 500 })).toMatchObject({ outcome: 'wrong' });
});

test('a confirm or release is accepted, comes too late, or has to be sent again', () => {
  expect(wasAccepted({ ...answer, status: 204 })).toBe(true);
  expect(wasAccepted({ ...answer, status: 404 })).toBe(false);
  expect(wasAccepted({ ...answer, status: 500 })).toBeUndefined();
  expect(wasAccepted({ ...none, endedBy: 'server' })).toBeUndefined();
});
