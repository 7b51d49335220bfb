import { timingSafeEqual } from 'node:crypto';
import { inspect } from 'node:util';
import { beforeEach, expect, test, vi } from 'vitest';
import { Secret } from '../settings/secret.ts';
import { AdminTokens } from './admin-tokens.ts';

vi.mock(import('node:crypto'), async (original) => {
  const crypto = await original();
  return { ...crypto, timingSafeEqual: vi.fn<typeof timingSafeEqual>(crypto.timingSafeEqual) };
});

const TOKENS = new AdminTokens([
  { name: 'alice', role: 'operator', token: new Secret('token-of-alice-01') },
  { name: 'bob', role: 'viewer', token: new Secret('token-of-bob-0001') },
  { name: 'carol', role: 'viewer', token: new Secret('token-of-carol-01') },
]);

beforeEach(() => {
  vi.mocked(timingSafeEqual).mockClear();
});

test.each([
  ['token-of-alice-01', 'alice'],
  ['token-of-bob-0001', 'bob'],
  ['token-of-carol-01', 'carol'],
  ['token-of-carol-0', undefined],
  ['token-of-carol-011', undefined],
  ['', undefined],
])('%s is compared with every token in constant time', (sent, name) => {
  expect(TOKENS.find(sent)?.name).toBe(name);
  expect(timingSafeEqual).toHaveBeenCalledTimes(3);
});

test('a token is found by its hash, and by nothing else', () => {
  const alice = TOKENS.find('token-of-alice-01');
  expect(alice).toMatchObject({ role: 'operator', hash: expect.stringMatching(/^[\da-f]{64}$/) });
  expect(TOKENS.findByHash(alice?.hash ?? '')).toEqual(alice);
  expect(TOKENS.findByHash('token-of-alice-01')).toBeUndefined();
  expect(TOKENS.findByHash('')).toBeUndefined();
});

test('without tokens no operator is found', () => {
  expect(new AdminTokens([]).find('token-of-alice-01')).toBeUndefined();
});

test('no token is kept in clear text', () => {
  expect(inspect(TOKENS, { depth: null, showHidden: true })).not.toContain('token-of');
  expect(JSON.stringify([TOKENS, TOKENS.find('token-of-alice-01')])).not.toContain('token-of');
});
