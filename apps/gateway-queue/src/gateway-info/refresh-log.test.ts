import type { Limits } from '@gateway-queue/identify-limiter';
import { FakeClock } from '@gateway-queue/identify-limiter/testing';
import { beforeEach, expect, test } from 'vitest';
import { RefreshLog } from './refresh-log.ts';

const LIMITS: Limits = {
  version: 1,
  maxConcurrency: 16,
  discordMaxConcurrency: 16,
  total: 1000,
  remaining: 987,
  resetInMs: 1,
  source: 'discord',
  countedByDiscord: true,
};

const failure = (sentence: string) => ({ kind: 'passing' as const, sentence, retryAfterMs: 0 });

let lines: string[];
let log: RefreshLog;

beforeEach(() => {
  lines = [];
  const logger = {
    log: (line: string) => lines.push(`info ${line}`),
    warn: (line: string) => lines.push(`warn ${line}`),
    debug: (line: string) => lines.push(`debug ${line}`),
  };
  log = new RefreshLog('music', logger, new FakeClock());
});

test('the first limits and each change of max_concurrency are logged, changes of other figures are not', () => {
  log.succeeded(LIMITS);
  log.succeeded({ ...LIMITS, remaining: 986 });
  log.succeeded({ ...LIMITS, maxConcurrency: 32 });
  expect(lines).toEqual([
    'info Bot music has max_concurrency 16 (discord) and 987 of 1000 session starts left',
    'info Bot music now has max_concurrency 32 (discord); it was 16',
  ]);
});

test('P12 each reason of a failure is a warning once, until a refresh succeeds, which is logged', () => {
  log.succeeded(LIMITS);
  lines = [];
  log.failed(failure('It broke.'), 1000);
  log.failed(failure('It broke.'), 1900);
  log.failed(failure('It melted.'), 4000);
  log.failed(failure('It broke.'), 8000);
  log.succeeded(LIMITS);
  log.failed(failure('It broke.'), 1000);
  expect(lines).toEqual([
    'warn It broke. Next try in 1 s.',
    'debug It broke. Next try in 2 s.',
    'warn It melted. Next try in 4 s.',
    'debug It broke. Next try in 8 s.',
    'info The limits of bot music are up to date again',
    'warn It broke. Next try in 1 s.',
  ]);
});

test('P12 what is ignored is a warning once, and once more when Discord’s value changes; that it is over is logged', () => {
  const ignored = { maxConcurrency: 10, from: 'settings' } as const;
  log.ignores(null, LIMITS);
  log.ignores(ignored, LIMITS);
  log.ignores(ignored, LIMITS);
  log.ignores(ignored, { ...LIMITS, maxConcurrency: 4, discordMaxConcurrency: 4 });
  log.ignores(null, { ...LIMITS, maxConcurrency: 10, discordMaxConcurrency: 20 });
  expect(lines).toEqual([
    "warn Bot music ignores the max_concurrency 10 of the settings, and Discord's 16 holds. " +
      "It must divide Discord's max_concurrency 16, so it can be 1, 2, 4, 8 or 16: " +
      "any other puts shards of one of Discord's buckets into two",
    expect.stringContaining("and Discord's 4 holds"),
    'info Bot music no longer ignores a max_concurrency: 10 holds',
  ]);
});
