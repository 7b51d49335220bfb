import type { ServerResponse } from 'node:http';
import { FakeClock } from '@gateway-queue/identify-limiter/testing';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Secret } from '../settings/secret.ts';
import { ANSWER_TIMEOUT_MS, DiscordClient } from './discord-client.ts';
import { failureOf } from './failure.ts';
import { type Answer, FakeDiscord, json, LIMIT } from './testing/fake-discord.ts';

let discord: FakeDiscord;
let clock: FakeClock;
let client: DiscordClient;

beforeEach(async () => {
  discord = await FakeDiscord.start();
  clock = new FakeClock();
  client = new DiscordClient(discord.url, new Secret('hunter2'), clock);
});

afterEach(() => discord.stop());

async function failure() {
  try {
    await client.ask();
  } catch (error) {
    return failureOf(error, 'music');
  }
  throw new Error('Discord was understood');
}

test('version 10 of GET /gateway/bot is asked, with the token', async () => {
  await expect(client.ask()).resolves.toMatchObject({ session_start_limit: LIMIT });
  expect(
    discord.requests.map(({ method, url, headers }) => [method, url, headers.authorization]),
  ).toEqual([['GET', '/api/v10/gateway/bot', 'Bot hunter2']]);
  expect(clock.pendingTimers).toBe(0);
});

test('a 401 is reported without the token, and the next question has the token again', async () => {
  discord.answer = json(401, { message: '401: Unauthorized', code: 0 });
  for (let i = 0; i < 2; i++) {
    expect(await failure()).toEqual({
      kind: 'rejected',
      sentence: 'Discord rejected the token of bot music.',
      retryAfterMs: 0,
    });
  }
  expect(discord.requests.map(({ headers }) => headers.authorization)).toEqual([
    'Bot hunter2',
    'Bot hunter2',
  ]);
});

test.each([
  ['by its own rate limit', { 'x-ratelimit-scope': 'user' }],
  ['for all routes', { 'x-ratelimit-global': 'true' }],
])('a 429 %s fails at once, with the time to wait', async (_, headers) => {
  discord.answer = json(429, { retry_after: 30 }, { 'retry-after': '30', ...headers });
  const { kind, retryAfterMs } = await failure();
  expect(kind).toBe('rate-limited');
  expect(retryAfterMs).toBeGreaterThanOrEqual(30_000);
  expect(retryAfterMs).toBeLessThan(31_000);
  expect(discord.requests).toHaveLength(1);
});

const text =
  (status: number, type: string, body: string): Answer =>
  (response: ServerResponse) => {
    response.writeHead(status, { 'content-type': type }).end(body);
  };

test.each<[string, Answer, object]>([
  [
    'a 403',
    json(403, { message: 'hunter2', code: 1 }),
    { kind: 'rejected', sentence: 'Discord answered bot music with status 403.' },
  ],
  [
    'a 404',
    json(404, { message: 'hunter2', code: 0 }),
    { kind: 'passing', sentence: 'Discord answered bot music with status 404.' },
  ],
  [
    'a 401 of a proxy',
    text(401, 'text/html', '<html>hunter2'),
    { kind: 'rejected', sentence: 'Discord rejected the token of bot music.' },
  ],
  [
    'a 500',
    json(500, {}),
    { kind: 'passing', sentence: 'Discord answered bot music with status 500.' },
  ],
  [
    'broken JSON',
    text(200, 'application/json', '{hunter2'),
    { kind: 'passing', sentence: "Discord's answer to bot music is not JSON." },
  ],
  [
    'a connection that breaks',
    (response) => response.destroy(),
    { kind: 'passing', sentence: 'Discord could not be asked for bot music (UND_ERR_SOCKET).' },
  ],
  [
    'a strange 4xx',
    json(400, 'hunter2'),
    { kind: 'passing', sentence: 'Discord could not be asked for bot music (TypeError).' },
  ],
])(
  'after %s Discord is not asked again, and the answer is not quoted',
  async (_, answer, expected) => {
    discord.answer = answer;
    expect(await failure()).toMatchObject(expected);
    expect(discord.requests).toHaveLength(1);
  },
);

test.each<[string, Answer]>([
  ['says nothing', () => {}],
  [
    'gets stuck in its answer',
    (response) => response.writeHead(200, { 'content-type': 'application/json' }).write('{'),
  ],
])('a question to a Discord that %s is aborted in time', async (_, answer) => {
  discord.answer = answer;
  const arrival = discord.arrival();
  const asked = failure();
  await arrival;
  await clock.advance(ANSWER_TIMEOUT_MS);
  expect((await asked).sentence).toBe('Discord did not answer bot music in time.');
});

test('a question can be aborted', async () => {
  discord.answer = () => {};
  const arrival = discord.arrival();
  const asked = failure();
  await arrival;
  client.abort();
  await asked;
  expect(clock.pendingTimers).toBe(0);
});

test('a Discord that cannot be reached is reported by the error code', async () => {
  client = new DiscordClient('http://127.0.0.1:1/api', new Secret('hunter2'), clock);
  expect((await failure()).sentence).toBe(
    'Discord could not be asked for bot music (ECONNREFUSED).',
  );
});
