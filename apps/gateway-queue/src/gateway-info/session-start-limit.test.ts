import { expect, test } from 'vitest';
import { readGatewayBotAnswer } from './session-start-limit.ts';

const good = { total: 1000, remaining: 987, reset_after: 14_400_000, max_concurrency: 16 };

function read(limit: unknown) {
  return readGatewayBotAnswer({ url: 'wss://x', shards: 9, session_start_limit: limit });
}

test('a valid answer is read', () => {
  expect(read(good)).toEqual({
    total: 1000,
    remaining: 987,
    resetInMs: 14_400_000,
    maxConcurrency: 16,
  });
});

test('the figures of an idle bot and of an exhausted budget are valid', () => {
  expect(read({ ...good, remaining: 1000, reset_after: 0 }).resetInMs).toBe(0);
  expect(read({ ...good, remaining: 0 }).remaining).toBe(0);
});

test.each([
  [
    { max_concurrency: 0 },
    'session_start_limit.max_concurrency is not a whole number from 1 to 10000',
  ],
  [
    { max_concurrency: 1e9 },
    'session_start_limit.max_concurrency is not a whole number from 1 to 10000',
  ],
  [
    { max_concurrency: '16' },
    'session_start_limit.max_concurrency is not a whole number from 1 to 10000',
  ],
  [{ max_concurrency: undefined }, 'session_start_limit has no max_concurrency'],
  [{ remaining: 1001 }, 'session_start_limit.remaining is not a whole number from 0 to 1000'],
  [{ remaining: -1 }, 'session_start_limit.remaining is not a whole number from 0 to 1000'],
  [{ remaining: Number.NaN }, 'session_start_limit.remaining is not a whole number from 0 to 1000'],
  [{ total: null }, 'session_start_limit.total is not a whole number from 0 to 9007199254740991'],
  [
    { reset_after: -1 },
    'session_start_limit.reset_after is not a whole number from 0 to 9007199254740991',
  ],
])('%j is refused, and the figure is named', (spoilt, message) => {
  expect(() => read({ ...good, ...spoilt })).toThrow(message);
});

test.each([
  [{}, 'it has no session_start_limit'],
  [null, 'it has no session_start_limit'],
  ['hello', 'it has no session_start_limit'],
  [{ session_start_limit: 7 }, 'session_start_limit has no total'],
  [new ArrayBuffer(8), 'it is not JSON'],
])('%j is no valid answer', (answer, message) => {
  expect(() => readGatewayBotAnswer(answer)).toThrow(message);
});
