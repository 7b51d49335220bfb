import { expect, test } from 'vitest';
import { keysOf } from '../../src/scripts/keys.ts';
import permissions from '../../src/connection/permissions.lua?raw';
import { recordsKeys } from '../../src/records/keys.ts';
import { ALL_OPERATIONS, scriptFor } from '../../src/records/scripts.ts';

test('no script calls a command that is not tried when the server is looked at', () => {
  const called = ALL_OPERATIONS.flatMap((operation) =>
    Array.from(
      scriptFor(operation).text.matchAll(/redis\.p?call\('([A-Z]+)'/g),
      ([, command]) => command,
    ),
  );
  const tried = Array.from(permissions.matchAll(/try\('([A-Z]+)'/g), ([, command]) => command);
  expect(called).toContain('TIME');
  expect(new Set(tried)).toEqual(new Set([...tried, ...called]));
});

test('all keys share a hash tag, and none is a key of a bot, whatever it is called', () => {
  const keys = recordsKeys('p');
  expect(keys.every((key) => key.startsWith('p:{operators}:'))).toBe(true);
  const ofBot = keysOf('p', 'operators');
  expect(new Set([...keys, ...ofBot]).size).toBe(keys.length + ofBot.length);
});
