import { afterEach, describe, expect, test } from 'vitest';

import { startFakeDiscord, type FakeDiscord, type FakeDiscordOptions } from './index.ts';
import { connectRaw, type RawClient } from './raw-client.ts';

/** A window that no test outlasts. */
const LONG_MS = 3_600_000;

let discord: FakeDiscord;
afterEach(() => discord.close());

async function start(options: FakeDiscordOptions = {}): Promise<void> {
  discord = await startFakeDiscord(options);
}

async function startWith(limits: { maxConcurrency?: number; remaining?: number }): Promise<void> {
  await start({ windowMs: LONG_MS, bots: [{ token: 'fake-token', ...limits }] });
}

const connect = (): Promise<RawClient> => connectRaw(discord.gatewayUrl);

/** Identifies on a connection of its own and tells the answer. */
async function identify(shard: unknown): Promise<string> {
  const client = await connect();
  client.identify(shard);
  const { op, t, d } = await client.next();
  return op === 9 ? `invalid ${String(d)}` : String(t);
}

describe('an IDENTIFY', () => {
  test('is answered with READY and takes a session start', async () => {
    await startWith({ remaining: 10 });
    const client = await connect();
    client.identify([0, 2]);
    expect(await client.next()).toMatchObject({
      op: 0,
      t: 'READY',
      d: { session_id: expect.any(String), resume_gateway_url: discord.gatewayUrl, shard: [0, 2] },
    });
    expect(discord.info().session_start_limit.remaining).toBe(9);
  });

  test('within the window of its key is an Invalid Session, and costs nothing', async () => {
    await startWith({ maxConcurrency: 2, remaining: 10 });
    expect(await identify([0, 8])).toBe('READY');
    expect(await identify([1, 8])).toBe('READY');
    expect(await identify([2, 8])).toBe('invalid false');
    expect(discord.info().session_start_limit.remaining).toBe(8);
    expect(discord.log.invalidSessions()).toMatchObject([{ shard: 2, key: 0 }]);
  });

  test('is counted from the last ACCEPTED one of its key', async () => {
    await startWith({ maxConcurrency: 1 });
    expect(await identify([0, 4])).toBe('READY');
    expect(await identify([1, 4])).toBe('invalid false');
    const [first] = discord.log.of('identify');
    // The window is over for the first, not for the second.
    const sinceRefused = (discord.log.of('identify')[1]?.judgedAt ?? 0) - (first?.judgedAt ?? 0);
    discord.settings.windowMs = sinceRefused;
    expect(await identify([2, 4])).toBe('READY');
  });

  test('is held against shards that share its key only since max_concurrency fell', async () => {
    await startWith({ maxConcurrency: 16 });
    expect(await identify([3, 16])).toBe('READY');
    discord.setLimits({ maxConcurrency: 1 });
    expect(await identify([4, 16])).toBe('invalid false');
  });

  test('of another bot is another matter', async () => {
    await start({
      windowMs: LONG_MS,
      bots: [{ token: 'fake-token' }, { name: 'other', token: 'other-token' }],
    });
    expect(await identify([0, 1])).toBe('READY');
    const client = await connect();
    client.identify([0, 1], 'other-token');
    expect(await client.next()).toMatchObject({ t: 'READY' });
    expect(discord.log.acceptedByKey('other').get(0)).toHaveLength(1);
  });

  test('past the budget resets the token and ends every session', async () => {
    await startWith({ maxConcurrency: 16, remaining: 1 });
    const inSession = await connect();
    inSession.identify([0, 16]);
    await inSession.next();

    const last = await connect();
    last.identify([1, 16]);
    expect(await last.next()).toMatchObject({ op: 9, d: false });
    expect(await last.closed).toBe(4004);
    expect(await inSession.closed).toBe(4004);
    expect(discord.log.of('token-reset')).toMatchObject([{ bot: 'default' }]);
    const headers = { authorization: 'Bot fake-token' };
    expect((await fetch(`${discord.url}/v10/gateway/bot`, { headers })).status).toBe(401);
  });

  test('finds a full budget once it is reset', async () => {
    await start({ bots: [{ token: 'fake-token', total: 5, remaining: 0, resetAfterMs: 0 }] });
    expect(await identify([0, 1])).toBe('READY');
    expect(discord.info().session_start_limit.remaining).toBe(4);
  });

  test.each([
    ['a wrong token', 4004, 'wrong-token', [0, 1], 'wrong'],
    ['an id past the count', 4010, 'invalid-shard', [2, 2], 'fake-token'],
    ['an id that is a string', 4010, 'invalid-shard', ['0', 2], 'fake-token'],
  ])('with %s closes with %d', async (_what, code, outcome, shard, token) => {
    await start();
    const client = await connect();
    client.identify(shard, token);
    expect(await client.closed).toBe(code);
    expect(discord.log.of('identify')).toMatchObject([{ outcome }]);
    expect(discord.info().session_start_limit.remaining).toBe(1000);
  });
});

describe('a connection', () => {
  test('begins with HELLO, and its heartbeats are answered at any time', async () => {
    await start({ heartbeatIntervalMs: 1234 });
    const client = await connect();
    client.send({ op: 1, d: null });
    expect(await client.next()).toMatchObject({ op: 11 });
  });

  test.each([
    ['anything before IDENTIFY', 4003, { op: 3, d: {} }],
    ['what is not JSON', 4002, '{'],
    ['what has no opcode', 4002, { d: 1 }],
  ])('with %s is closed with %d', async (_what, code, payload) => {
    await start();
    const client = await connect();
    client.send(payload);
    expect(await client.closed).toBe(code);
  });

  test.each([
    ['a second IDENTIFY', 4005, { op: 2, d: { token: 'fake-token', shard: [0, 1] } }],
    ['an opcode that does not exist', 4001, { op: 77 }],
  ])('with a session and %s is closed with %d', async (_what, code, payload) => {
    await start({ windowMs: 0 });
    const client = await connect();
    client.identify([0, 1]);
    await client.next();
    client.send(payload);
    expect(await client.closed).toBe(code);
  });

  test('can be ended from Discord, with a code or without a word', async () => {
    await start();
    const first = await connect();
    discord.disconnect(4000);
    expect(await first.closed).toBe(4000);
    const second = await connect();
    discord.disconnect();
    expect(await second.closed).toBe(1006);
    expect(discord.log.of('close').map(({ by }) => by)).toEqual(['gateway', 'gateway']);
  });
});

/** What resumes a session whose connection the client closed with this code. */
async function sessionEndedWith(code: number): Promise<object> {
  await start();
  const client = await connect();
  client.identify([0, 1]);
  const { d } = await client.next();
  client.close(code);
  await discord.log.until((log) => log.of('close').length === 1);
  return { op: 6, d: { token: 'fake-token', seq: 1, ...Object(d) } };
}

async function resume(payload: object): Promise<object> {
  const client = await connect();
  client.send(payload);
  return client.next();
}

describe('a RESUME', () => {
  test('of a session that is known is accepted, and costs no start', async () => {
    const payload = await sessionEndedWith(4200);
    expect(await resume(payload)).toMatchObject({ op: 0, t: 'RESUMED', s: 2 });
    expect(discord.info().session_start_limit.remaining).toBe(999);
  });

  test('is an Invalid Session after a close that gave the session up', async () => {
    expect(await resume(await sessionEndedWith(1000))).toMatchObject({ op: 9, d: false });
    expect(discord.log.of('resume')).toMatchObject([{ accepted: false }]);
    expect(discord.log.invalidSessions()).toEqual([]);
  });

  test('is an Invalid Session while resumes are refused', async () => {
    const payload = await sessionEndedWith(4200);
    discord.settings.resumes = 'refused';
    expect(await resume(payload)).toMatchObject({ op: 9, d: false });
  });
});
