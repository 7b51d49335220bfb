import { WAIT_REASONS } from '@gateway-queue/identify-limiter';
import { BOT, DEFAULT_RULES, report } from '@gateway-queue/identify-limiter/testing';
import { expect, test } from 'vitest';
import permissions from '../src/connection/permissions.lua?raw';
import { assemble, type Parts } from '../src/scripts/assemble.ts';
import { rulesArgument } from '../src/limiter/rules-argument.ts';
import { botKeys, recordsKeys } from '../src/scripts/keys.ts';
import {
  LIMITER_LIBRARY,
  LIMITER_OPERATIONS,
  RECORDS_LIBRARY,
  RECORDS_OPERATIONS,
} from '../src/scripts/lua-files.ts';
import type { Script } from '../src/scripts/script.ts';
import { limiterScript } from '../src/scripts/scripts.ts';
import type { RedisHarness } from './harness.ts';
import { openHarness } from './scene.ts';
import { useRedis } from './servers/file-servers.ts';
import { stored } from './stored.ts';
import { TIME_SOURCE } from './timed-server.ts';

/** Microseconds. */
const LATER = '1900000000000000';

const redis = useRedis();

const LUA_FILES = [
  LIMITER_LIBRARY,
  LIMITER_OPERATIONS,
  RECORDS_LIBRARY,
  RECORDS_OPERATIONS,
].flatMap((files) => Object.values(files));

const PARTS: Parts = {
  keys: ['ONE', 'OTHER'],
  constants: { LIMIT: 7 },
  library: {
    first: '-- first',
    second: '--- @include "first"\n-- second',
    third: '--- @include "second"\n--- @include "first"\n-- third',
  },
};

test('try-acquire.lua knows each reason for which the limiter denies a permit', () => {
  const missing = WAIT_REASONS.filter(
    (reason) =>
      reason !== 'limiter-unavailable' && !LIMITER_OPERATIONS.tryAcquire.includes(`'${reason}'`),
  );
  expect(missing).toEqual([]);
});

test('a script has keys and constants, then what it includes, each file once, then the operation', () => {
  const { text } = assemble('--- @include "third"\nreturn LIMIT', PARTS);
  const lines = text.split('\n').filter((line) => !line.startsWith('---'));
  expect(lines).toEqual([
    '#!lua',
    'local ONE, OTHER = unpack(KEYS)',
    'local LIMIT = 7',
    '-- first',
    '-- second',
    '-- third',
    'return LIMIT',
  ]);
});

test('a file that does not exist cannot be included', () => {
  expect(() => assemble('--- @include "fourth"', PARTS)).toThrow('fourth');
});

test('no library writes or fails when it is loaded', async () => {
  const harness = await openHarness(redis());
  const all = Object.keys(LIMITER_LIBRARY).map((name) => `--- @include "${name}"`);
  const script = limiterScript([...all, 'return 1'].join('\n'), TIME_SOURCE);
  expect(await runWithoutWrites(harness, script)).toBe(1);
});

const READS = Object.entries(LIMITER_OPERATIONS).filter(([, text]) => !text.includes('begin()'));

test('a limiter has operations that read', () => {
  expect(READS.map(([name]) => name)).toContain('viewBot');
});

test.each(READS)('%s writes nothing', async (_name, text) => {
  const harness = await openHarness(redis());
  await harness.replica().setLimits(BOT, report(1));
  await harness.replica().pause({ bot: BOT, bucket: 0, reason: 'why', by: 'ana', durationMs: 1 });
  await harness.advance(60_000);
  const before = await stored(harness);
  await runWithoutWrites(harness, limiterScript(text, TIME_SOURCE));
  expect(await stored(harness)).toEqual(before);
});

test('the commands that are tried when the server is checked are those that scripts call', () => {
  const called = LUA_FILES.flatMap((text) =>
    Array.from(text.matchAll(/redis\.p?call\('([A-Z]+)'/g), ([, command = '']) => command),
  );
  const tried = Array.from(permissions.matchAll(/try\('([A-Z]+)'/g), ([, command = '']) => command);
  expect(new Set(tried)).toEqual(new Set(called));
});

test('the keys of the records share a hash tag, and none of them is a key of a bot, whatever its name', () => {
  const keys = recordsKeys('p');
  expect(keys.every((key) => key.startsWith('p:{operators}:'))).toBe(true);
  const ofBot = botKeys('p', 'operators');
  expect(new Set([...keys, ...ofBot]).size).toBe(keys.length + ofBot.length);
});

/** Runs a script with a flag by which the server refuses each of its writes, after all that the harness knows of. */
async function runWithoutWrites(
  { connection, maxPlaces, placeTtlMs, prefix }: RedisHarness,
  { text }: Script,
): Promise<unknown> {
  const rules = rulesArgument({ ...DEFAULT_RULES, placeTtlMs, maxPlaces }, BOT);
  const input = JSON.stringify({ permits: { base: 1, perBucket: 1, max: 1 } });
  const args = ['channel', BOT, 'a', rules, input, '0', LATER];
  const flagged = text.replace(/^#!lua$/m, '#!lua flags=no-writes');
  const keys = botKeys(prefix, BOT);
  return connection.commands.eval(flagged, keys.length, ...keys, ...args);
}
