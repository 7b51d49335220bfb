import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Environment } from './environment.ts';
import { readSettings } from './read-settings.ts';
import { Settings } from './settings.ts';
import { SettingsError } from './settings-error.ts';

let directory: string;

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'settings-'));
});

afterAll(() => rmSync(directory, { recursive: true }));

function file(name: string, content: string): string {
  const path = join(directory, name);
  writeFileSync(path, content);
  return path;
}

function violations(environment: Environment): readonly string[] {
  try {
    readSettings(environment);
  } catch (error) {
    if (error instanceof SettingsError) return error.violations;
    throw error;
  }
  return [];
}

function ids(environment: Environment): string[] {
  return readSettings(environment).bots.map(({ id }) => id);
}

test('an empty environment gives the defaults and one bot without a token', () => {
  expect(readSettings({})).toEqual(
    Object.assign(new Settings(), {
      bots: [{ id: 'default', token: undefined, maxConcurrency: undefined, reserve: 10 }],
    }),
  );
});

test('an empty or blank value counts as not set, and other variables are ignored', () => {
  expect(readSettings({ PORT: '', HOST: '  ', PATH: '/bin', bots: 'x' })).toEqual(readSettings({}));
});

test('values are read as numbers, booleans, URLs and lists', () => {
  const settings = readSettings({
    PORT: ' 0 ',
    SWAGGER: 'false',
    LOG_PRETTY: 'true',
    DISCORD_API_URL: 'http://127.0.0.1:3000/api/',
    TRUST_PROXY: '10.0.0.0/8, ::1',
  });
  expect(settings).toMatchObject({
    port: 0,
    swagger: false,
    logPretty: true,
    discordApiUrl: 'http://127.0.0.1:3000/api',
    trustProxy: ['10.0.0.0/8', '::1'],
  });
});

test('all violations are in one message, without a value', () => {
  const environment = {
    PORT: '65536',
    HOST: 'not a host',
    LOG_LEVEL: 'verbose',
    SWAGGER: 'yes',
    DISCORD_TOKEN: 'hunter2 hunter3',
    BOTS_FILE: join(directory, 'nowhere'),
  };
  expect(violations(environment)).toEqual([
    'HOST: must be an IP address or a host name, like 0.0.0.0',
    'PORT: must be a whole number from 1 to 65535, or 0 for any free port',
    'DISCORD_TOKEN: must be a bot token: one word of printable ASCII characters',
    'LOG_LEVEL: must be one of trace, debug, info, warn, error, fatal, silent',
    'SWAGGER: must be true or false',
    'BOTS_FILE: names a file that cannot be read (ENOENT)',
  ]);
  const { message } = new SettingsError(violations(environment));
  for (const value of Object.values(environment)) expect(message).not.toContain(value);
  expect(message.split('\n')).toHaveLength(7);
});

describe('refused', () => {
  test.each([
    ['PORT', '-1'],
    ['PORT', '8080.5'],
    ['PORT', '0x50'],
    ['PORT', '1e3'],
    ['HOST', 'http://localhost'],
    ['DISCORD_API_URL', 'discord.com/api'],
    ['DISCORD_API_URL', 'ftp://discord.com/api'],
    ['DISCORD_API_URL', 'https://discord.com/api/v10/'],
    ['DISCORD_API_URL', 'https://user:pass@discord.com/api'],
    ['DISCORD_API_URL', 'https://discord.com/api?x=1'],
    ['GATEWAY_INFO_CRON', 'hourly'],
    ['GATEWAY_INFO_CRON', '@hourly'],
    ['GATEWAY_INFO_CRON', '* * * *'],
    ['GATEWAY_INFO_CRON', '* * * * * * *'],
    ['GATEWAY_INFO_CRON', '61 * * * *'],
    ['GATEWAY_INFO_CRON', '0 0 31 2 *'],
    ['DATA_DIR', 'a\0b'],
    ['MAX_CONCURRENCY', '0'],
    ['IDENTIFY_INTERVAL_MS', '0'],
    ['CONFIRM_TIMEOUT_MS', '0'],
    ['CONFIRM_TIMEOUT_MS', '3600001'],
    ['SESSION_RESERVE', '-1'],
    ['SESSION_RESERVE', '1000001'],
    ['CRASH_LOOP_BURST', '0'],
    ['CRASH_LOOP_BURST', '1001'],
    ['CRASH_LOOP_WINDOW_MS', '0'],
    ['CRASH_LOOP_WINDOW_MS', '86400001'],
    ['CRASH_LOOP_BELOW', '-0.5'],
    ['CRASH_LOOP_BELOW', '1.1'],
    ['CRASH_LOOP_BELOW', '50%'],
    ['CRASH_LOOP_BELOW', '.5'],
    ['CRASH_LOOP_BELOW', '5e-1'],
    ['QUEUE_TOKEN', 'too-short'],
    ['QUEUE_TOKEN', 'with a space in it'],
    ['QUEUE_TOKEN', 'x'.repeat(513)],
    ['QUEUE_TOKEN', 'sixteen=in=all=='],
    ['REDIS_URL', 'localhost:6379'],
    ['REDIS_URL', 'redis://:two words@localhost'],
    ['REDIS_PREFIX', 'shards{0}'],
    ['REDIS_PREFIX', 'two words'],
    ['REDIS_PREFIX', 'x'.repeat(65)],
    ['MAX_WAITING', '0'],
    ['ENVIRONMENT', 'two words'],
    ['ENVIRONMENT', 'a\u200Bb'],
    ['ENVIRONMENT', 'x'.repeat(33)],
    ['TRUST_PROXY', 'TRUE'],
    ['TRUST_PROXY', '10.0.0.0/33'],
    ['TRUST_PROXY', '10.0.0.0/0'],
    ['TRUST_PROXY', '10.0.0.1,'],
    ['TRUST_PROXY', '1'],
    ['DISCORD_TOKEN', 'a\tb'],
    ['DISCORD_TOKEN', 'a\r\nX-Header: b'],
    ['DISCORD_TOKEN', 'tökén'],
  ])('%s=%j', (variable, value) => {
    expect(violations({ [variable]: value })).toEqual([
      expect.stringMatching(new RegExp(`^${variable}: must be `)),
    ]);
  });
});

describe('accepted', () => {
  test.each([
    ['HOST', '::'],
    ['HOST', 'localhost'],
    ['GATEWAY_INFO_CRON', '*/30 * * * * *'],
    ['GATEWAY_INFO_CRON', '0 4 * * mon'],
    ['DATA_DIR', ':memory:'],
    ['TRUST_PROXY', 'fd00::/8,192.168.0.1'],
    ['ENVIRONMENT', 'eu-1/production'],
    ['ENVIRONMENT', '\u{1F6A8}'.repeat(32)],
    ['PLACE_TTL_MS', '0'],
    ['SESSION_RESERVE', '0'],
    ['CRASH_LOOP_BELOW', '0'],
    ['CRASH_LOOP_BELOW', '1'],
    ['CRASH_LOOP_BELOW', '0.25'],
    ['QUEUE_TOKEN', 'a-._~+/b90123456=='],
    ['REDIS_PREFIX', 'bots:eu-1.shards'],
  ])('%s=%j', (variable, value) => {
    expect(violations({ [variable]: value })).toEqual([]);
  });
});

test('the delay of a shutdown must end before its timeout', () => {
  expect(violations({ SHUTDOWN_DELAY_MS: '25000' })).toEqual([
    'SHUTDOWN_DELAY_MS: must be less than SHUTDOWN_TIMEOUT_MS',
  ]);
  expect(violations({ SHUTDOWN_DELAY_MS: '2', SHUTDOWN_TIMEOUT_MS: 'x' })).toEqual([
    'SHUTDOWN_TIMEOUT_MS: must be a whole number from 1 to 3600000',
  ]);
});

describe('the token', () => {
  test('may have the prefix of the header', () => {
    expect(readSettings({ DISCORD_TOKEN: 'Bot hunter2' }).bots[0]?.token?.reveal()).toBe('hunter2');
  });

  test('can be in a file', () => {
    const path = file('token', 'hunter2\n');
    expect(readSettings({ DISCORD_TOKEN_FILE: path }).bots[0]?.token?.reveal()).toBe('hunter2');
  });

  test('is not read from a file that is empty or missing, or when the setting is there as well', () => {
    expect(violations({ DISCORD_TOKEN_FILE: file('empty', ' \n') })).toEqual([
      'DISCORD_TOKEN_FILE: names a file that is empty',
    ]);
    expect(violations({ DISCORD_TOKEN_FILE: join(directory, 'no-such-file') })).toEqual([
      'DISCORD_TOKEN_FILE: names a file that cannot be read (ENOENT)',
    ]);
    expect(violations({ DISCORD_TOKEN_FILE: file('token', 'x'), DISCORD_TOKEN: 'y' })).toEqual([
      'DISCORD_TOKEN_FILE: must not be set together with DISCORD_TOKEN; leave one of them out',
    ]);
  });

  test('is not seen when the settings are shown', () => {
    const settings = readSettings({ DISCORD_TOKEN: 'hunter2' });
    expect(JSON.stringify(settings)).not.toContain('hunter2');
    expect(inspect(settings, { depth: null, showHidden: true })).not.toContain('hunter2');
  });
});

test('the token of the queue is a secret, and can be in a file', () => {
  const token = 'hunter2-hunter2-hunter2';
  const settings = readSettings({ QUEUE_TOKEN: token });
  expect(settings.queueToken?.reveal()).toBe(token);
  expect(inspect(settings, { depth: null, showHidden: true })).not.toContain(token);
  const path = file('queue-token', `${token}\n`);
  expect(readSettings({ QUEUE_TOKEN_FILE: path }).queueToken?.reveal()).toBe(token);
  expect(violations({ QUEUE_TOKEN_FILE: path, QUEUE_TOKEN: token })).toEqual([
    'QUEUE_TOKEN_FILE: must not be set together with QUEUE_TOKEN; leave one of them out',
  ]);
});

describe('the bots', () => {
  test('are those of the file alone, without DISCORD_TOKEN', () => {
    expect(ids({ BOTS_FILE: file('bots.json', '[{"id": "one"}]') })).toEqual(['one']);
  });

  test('are those of the file and the default one, with DISCORD_TOKEN', () => {
    const path = file('bots.json', '[{"id": "one"}]');
    expect(ids({ BOTS_FILE: path, DISCORD_TOKEN: 'x' })).toEqual(['default', 'one']);
  });

  test('cannot be two named default', () => {
    const path = file('bots.json', '[{"id": "default"}]');
    expect(ids({ BOTS_FILE: path })).toEqual(['default']);
    expect(violations({ BOTS_FILE: path, DISCORD_TOKEN: 'x' })).toEqual([
      'DISCORD_TOKEN: must not be set while BOTS_FILE has a bot default; leave one of them out',
    ]);
  });

  test('have MAX_CONCURRENCY unless they have their own', () => {
    const path = file('bots.json', '[{"id": "one"}, {"id": "two", "maxConcurrency": 2}]');
    const { bots } = readSettings({ BOTS_FILE: path, MAX_CONCURRENCY: '16', DISCORD_TOKEN: 'x' });
    expect(bots.map(({ maxConcurrency }) => maxConcurrency)).toEqual([16, 16, 2]);
  });

  test('have SESSION_RESERVE unless they have their own, which may be none', () => {
    const path = file('bots.json', '[{"id": "one"}, {"id": "two", "reserve": 0}]');
    const { bots } = readSettings({ BOTS_FILE: path, SESSION_RESERVE: '25', DISCORD_TOKEN: 'x' });
    expect(bots.map(({ reserve }) => reserve)).toEqual([25, 25, 0]);
  });
});

describe('the URL of the server that replicas share', () => {
  const url = 'rediss://queue:hunter2@redis.example:6380/1';

  test('can be in a file, because a password may be in it', () => {
    const path = file('redis-url', `${url}\n`);
    expect(readSettings({ REDIS_URL_FILE: path }).redisUrl?.reveal()).toBe(url);
  });

  test('is not seen when the settings are shown, nor when it is refused', () => {
    const settings = readSettings({ REDIS_URL: url });
    expect(JSON.stringify(settings)).not.toContain('hunter2');
    expect(inspect(settings, { depth: null, showHidden: true })).not.toContain('hunter2');
    expect(violations({ REDIS_URL: 'redis:hunter2@redis' }).join()).not.toContain('hunter2');
  });
});
