import { FakeClock } from '@gateway-queue/identify-limiter/testing';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Secret } from '../settings/secret.ts';
import { BotRefresher } from './bot-refresher.ts';
import { CurrentToken } from './current-token.ts';
import { DiscordClient } from './discord-client.ts';
import { RefreshLog } from './refresh-log.ts';
import { FakeDiscord, gatewayBot, json } from './testing/fake-discord.ts';
import { RecordingLimiter } from './testing/recording-limiter.ts';

const quiet = { log: () => {}, warn: () => {}, debug: () => {} };

let discord: FakeDiscord;
/** What Discord takes, and what the file has. */
let valid: string;
let file: string;
let clock: FakeClock;
let refresher: BotRefresher;

beforeEach(async () => {
  [valid, file] = ['old', 'old'];
  clock = new FakeClock();
  discord = await FakeDiscord.start();
  discord.answer = (response) => {
    const isValid = discord.requests.at(-1)?.headers.authorization === `Bot ${valid}`;
    (isValid ? gatewayBot() : json(401, { message: '401: Unauthorized', code: 0 }))(response);
  };
  const old = new Secret(file);
  const bot = { id: 'music', token: old, rereadToken: () => new Secret(file), reserve: 10 };
  const token = new CurrentToken(old, bot, quiet);
  refresher = new BotRefresher(
    { ...bot, maxConcurrency: undefined },
    {
      clock,
      limiter: new RecordingLimiter(),
      overrides: { of: async () => undefined },
      token,
      discord: new DiscordClient(discord.url, token, clock),
      log: new RefreshLog('music', quiet, clock),
      random: () => 0,
    },
  );
});

afterEach(async () => {
  await refresher.stop();
  await discord.stop();
});

test('a token that Discord rejects is read again, and Discord asked once more with another one', async () => {
  [valid, file] = ['new', 'new'];
  await refresher.refresh();
  expect(refresher.status()).toMatchObject({ stale: false, lastError: null });
  expect(discord.requests).toHaveLength(2);
});

test('while the file has the rejected token, Discord is asked once a try', async () => {
  valid = 'new';
  await refresher.refresh();
  expect(discord.requests).toHaveLength(1);
  expect(refresher.status().lastError).toBe('Discord rejected the token of bot music.');
  // The retry asks with the new token alone.
  file = 'new';
  await clock.advance(5000);
  await refresher.refresh();
  expect(discord.requests).toHaveLength(2);
  expect(refresher.status()).toMatchObject({ stale: false, lastError: null });
});

test('an operator’s refresh reads the token before it asks', async () => {
  [valid, file] = ['new', 'new'];
  await refresher.refreshOnDemand();
  expect(discord.requests).toHaveLength(1);
  expect(refresher.status().stale).toBe(false);
});
