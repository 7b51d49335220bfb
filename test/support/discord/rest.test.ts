import { request } from 'node:http';

import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { APIGatewayBotInfo } from 'discord-api-types/v10';

import { startFakeDiscord, type FakeDiscord } from './index.ts';

const TOKEN = 'fake-token';

let discord: FakeDiscord;
beforeEach(async () => {
  discord = await startFakeDiscord({
    bots: [
      { token: TOKEN, maxConcurrency: 16, shards: 64, total: 2000, remaining: 1500 },
      { name: 'other', token: 'other-token' },
    ],
  });
});
afterEach(() => discord.close());

function ask(authorization = `Bot ${TOKEN}`, path = '/v10/gateway/bot'): Promise<Response> {
  return fetch(discord.url + path, { headers: { authorization } });
}

async function bodyOf(response: Response): Promise<APIGatewayBotInfo> {
  const body: APIGatewayBotInfo = JSON.parse(await response.text());
  return body;
}

describe('GET /gateway/bot', () => {
  test('tells the gateway, the shards and the session start limit', async () => {
    const response = await ask();
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('application/json');
    const body = await bodyOf(response);
    expect(body).toEqual({
      url: discord.gatewayUrl,
      shards: 64,
      session_start_limit: {
        total: 2000,
        remaining: 1500,
        reset_after: expect.any(Number),
        max_concurrency: 16,
      },
    });
    expect(body.session_start_limit.reset_after).toBeGreaterThan(86_000_000);
  });

  test('knows every version of the API and no other route', async () => {
    expect((await ask(undefined, '/v9/gateway/bot')).status).toBe(200);
    expect((await ask(undefined, '/gateway/bot')).status).toBe(404);
    expect((await ask(undefined, '/v10/users/@me')).status).toBe(404);
  });

  test.each([TOKEN, `bot ${TOKEN}`, `Bot  ${TOKEN}`, `Bearer ${TOKEN}`, 'Bot wrong', ''])(
    'answers 401 to the authorization "%s"',
    async (authorization) => {
      const response = await ask(authorization);
      expect(response.status).toBe(401);
      expect(await response.json()).toEqual({ message: '401: Unauthorized', code: 0 });
    },
  );

  test('tells each bot its own limits, also new ones', async () => {
    discord.setLimits({ maxConcurrency: 2, remaining: 7, resetAfterMs: 5000 }, 'other');
    const { session_start_limit: limit } = await bodyOf(await ask('Bot other-token'));
    expect(limit).toMatchObject({ total: 1000, remaining: 7, max_concurrency: 2 });
    expect(limit.reset_after).toBeGreaterThan(0);
    expect(limit.reset_after).toBeLessThanOrEqual(5000);
    expect(discord.info().session_start_limit.max_concurrency).toBe(16);
  });

  test('logs every request', async () => {
    await ask();
    await ask('Bot wrong');
    expect(discord.log.of('rest')).toMatchObject([
      { method: 'GET', path: '/api/v10/gateway/bot', bot: 'default', status: 200 },
      { bot: undefined, status: 401 },
    ]);
  });
});

describe('a bad day', () => {
  test('429 of a route says when to come back, in the body to the fraction', async () => {
    discord.setRest({ kind: 'rate-limited', retryAfterS: 1.337 });
    const response = await ask();
    expect(response.status).toBe(429);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'retry-after': '2',
      'x-ratelimit-scope': 'user',
      'x-ratelimit-remaining': '0',
      'x-ratelimit-reset-after': '1.337',
    });
    expect(response.headers.has('x-ratelimit-global')).toBe(false);
    expect(await response.json()).toMatchObject({ retry_after: 1.337, global: false });
  });

  test('429 of the whole bot says that it is global', async () => {
    discord.setRest({ kind: 'rate-limited', retryAfterS: 64.57, global: true });
    const response = await ask();
    expect(response.headers.get('x-ratelimit-global')).toBe('true');
    expect(response.headers.get('x-ratelimit-scope')).toBe('global');
    expect(response.headers.get('retry-after')).toBe('65');
    expect(await response.json()).toMatchObject({ retry_after: 64.57, global: true });
  });

  test('goes by itself after as many requests as it was set for', async () => {
    discord.setRest({ kind: 'server-error', status: 503 }, { times: 2 });
    const statuses = [await ask(), await ask(), await ask()].map(({ status }) => status);
    expect(statuses).toEqual([503, 503, 200]);
  });

  test('meets only the bot that it was set for', async () => {
    discord.setRest({ kind: 'unauthorized' }, { bot: 'other' });
    expect((await ask('Bot other-token')).status).toBe(401);
    expect((await ask()).status).toBe(200);
  });

  test('garbage that is not JSON, though it says so', async () => {
    discord.setRest({ kind: 'garbage', body: 'not-json' });
    await expect((await ask()).json()).rejects.toThrow(SyntaxError);
  });

  test('garbage of another shape, and a max_concurrency of 0', async () => {
    discord.setRest({ kind: 'garbage', body: 'wrong-shape' });
    expect(await (await ask()).json()).toMatchObject({ session_start_limit: null });
    discord.setRest({ kind: 'garbage', body: 'zero-concurrency' });
    expect(await (await ask()).json()).toMatchObject({
      session_start_limit: { max_concurrency: 0 },
    });
  });

  test.each(['hanging', 'reset'] as const)(
    '%s: no answer, and the request is in the log',
    async (kind) => {
      discord.setRest({ kind });
      const failed = new Promise<NodeJS.ErrnoException>((resolve) => {
        const headers = { authorization: `Bot ${TOKEN}` };
        request(`${discord.url}/v10/gateway/bot`, { headers }).once('error', resolve).end();
      });
      await discord.log.until((log) => log.of('rest').length === 1);
      expect(discord.log.of('rest')).toMatchObject([{ behaviour: kind, status: undefined }]);
      // Closing ends what hangs.
      if (kind === 'hanging') await discord.close();
      expect(await failed).toMatchObject({ code: 'ECONNRESET' });
    },
  );
});
