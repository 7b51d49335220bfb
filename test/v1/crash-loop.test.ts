import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

import { IdentifyClient } from '@gateway-queue/client';
import { afterEach, beforeEach, expect, test } from 'vitest';

import { allAnswered } from '../support/http/held-request.ts';
import { TestEnvironment, tokenOf } from '../support/environment/environment.ts';
import { storedPermits } from '../support/state/stored-state.ts';
import { watchChild, type Exit } from '../support/children.ts';

const BURST = 5;
const CRASH_LOOP = {
  CRASH_LOOP_BELOW: '0.5',
  CRASH_LOOP_BURST: String(BURST),
  SESSION_RESERVE: '0',
};
const CRASHING_BOT = fileURLToPath(new URL('../support/clients/crashing-bot.ts', import.meta.url));

let environment: TestEnvironment;
beforeEach(async () => {
  environment = await TestEnvironment.make();
});
afterEach(() => environment.end());

/** Asks for the shard, and drops what it gets, until the queue says why it has to wait. */
async function crashUntilTold(url: string, shard: number): Promise<unknown> {
  for (;;) {
    const query = `shard=${shard}&maxWaitMs=500`;
    const response = await fetch(`${url}/v1/identify?${query}`, { method: 'POST' });
    const { reason }: { reason?: unknown } = JSON.parse(await response.text());
    if (response.status === 429) return reason;
  }
}

test('a shard that asks for ever is throttled at half of the budget, and other shards of its bucket pass it', async () => {
  const discord = await environment.discord({ bots: [{ token: tokenOf('default'), total: 60 }] });
  const service = await environment.serviceOf(discord, {
    ...CRASH_LOOP,
    IDENTIFY_INTERVAL_MS: '20',
  });
  const { url } = service.process;
  expect(await crashUntilTold(url, 7)).toBe('crash-loop');

  // Held at the head of its line, it delays no other shard.
  const client = new IdentifyClient({ url });
  const leaves = new AbortController();
  const throttled = client.identify({ shard: 7, signal: leaves.signal });
  const others = await Promise.all([1, 2, 3, 4].map((shard) => client.identify({ shard })));
  expect(others.map(({ bucket }) => bucket)).toEqual([0, 0, 0, 0]);
  expect(await crashUntilTold(url, 7)).toBe('crash-loop');
  leaves.abort(new Error('enough'));
  await expect(throttled).rejects.toThrow('enough');

  expect(await service.stop()).toBe(0);
  const taken = (await storedPermits(environment.dataDir)).filter(({ shard }) => shard === 7);
  // The throttling works once half is left.
  expect(taken).toHaveLength(30);
});

test('past half of the budget a shard that asks for ever gets one burst in each window', async () => {
  const windowMs = 1200;
  const discord = await environment.discord({
    bots: [{ token: tokenOf('default'), total: 60, remaining: 29, resetAfterMs: 86_400_000 }],
  });
  const service = await environment.serviceOf(discord, {
    ...CRASH_LOOP,
    CRASH_LOOP_WINDOW_MS: String(windowMs),
    IDENTIFY_INTERVAL_MS: '20',
  });
  const client = new IdentifyClient({ url: service.process.url });
  for (let start = 0; start < 3 * BURST + 1; start += 1) await client.identify({ shard: 7 });

  expect(await service.stop()).toBe(0);
  const times = (await storedPermits(environment.dataDir)).map(({ givenAt }) => givenAt);
  expect(times).toHaveLength(3 * BURST + 1);
  for (const [index, at] of times.slice(BURST).entries()) {
    expect(at - (times[index] ?? at)).toBeGreaterThanOrEqual(windowMs);
  }
});

test('a discord.js bot that is restarted for ever is throttled, and another shard of its bucket is not', async () => {
  const total = 16;
  const discord = await environment.discord({ bots: [{ token: tokenOf('default'), total }] });
  const service = await environment.serviceOf(discord, {
    ...CRASH_LOOP,
    IDENTIFY_INTERVAL_MS: '20',
    CONFIRM_TIMEOUT_MS: '20',
  });
  const { url } = service.process;
  const env = { DISCORD_TOKEN: tokenOf('default'), DISCORD_API_URL: discord.url, QUEUE_URL: url };
  const exits: Exit[] = [];
  let told: string | undefined;
  while (told === undefined) {
    const child = fork(CRASHING_BOT, { env, execArgv: [] });
    const exited = watchChild(child);
    const sentAway = once(child, 'message').then(([reason]: unknown[]) => String(reason));
    const ended = await Promise.race([exited, sentAway]);
    if (typeof ended === 'object') {
      exits.push(ended);
      continue;
    }
    told = ended;
    child.kill();
    await exited;
  }
  expect(told).toMatch(/^the queue answered 429 wait-over: /);
  expect(exits).toEqual(Array.from({ length: total / 2 }, () => ({ code: 1, signal: null })));
  expect(discord.info().session_start_limit.remaining).toBe(total / 2);
  expect(await crashUntilTold(url, 0)).toBe('crash-loop');
  await new IdentifyClient({ url }).identify({ shard: 1 });
});

test('a bot of 50 shards that names none starts ten times in a row without being throttled', async () => {
  const discord = await environment.discord({
    bots: [{ token: tokenOf('default'), total: 1000, remaining: 500, resetAfterMs: 86_400_000 }],
  });
  const service = await environment.serviceOf(discord, {
    ...CRASH_LOOP,
    IDENTIFY_INTERVAL_MS: '1',
  });
  for (let boot = 0; boot < 10; boot += 1) {
    const answers = await allAnswered(Array.from({ length: 50 }, () => service.ask()));
    expect(answers.every(({ status }) => status === 200)).toBe(true);
  }
  expect(await service.stop()).toBe(0);
  expect(await storedPermits(environment.dataDir)).toHaveLength(500);
});
