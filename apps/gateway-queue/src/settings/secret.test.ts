import { format, inspect } from 'node:util';
import { expect, test } from 'vitest';
import { Secret } from './secret.ts';

const secret = new Secret('hunter2');

test('a secret is revealed on demand', () => {
  expect(secret.reveal()).toBe('hunter2');
});

test.each([
  ['text', String(secret)],
  ['JSON', JSON.stringify({ token: secret })],
  ['inspection', inspect({ token: secret }, { showHidden: true, depth: null })],
  ['console formatting', format('%s %o %j', secret, secret, secret)],
  ['its members', JSON.stringify(Object.entries(secret))],
])('a secret is not seen in %s', (_, text) => {
  expect(text).not.toContain('hunter2');
});
