import { afterEach, beforeEach, expect, test } from 'vitest';

import { EVERY_SECOND, TestEnvironment, tokenOf } from '../support/environment/environment.ts';
import { storedPermits } from '../support/state/stored-state.ts';
import { monotonicNow, type FakeDiscord } from '../support/discord/index.ts';
import { connectRaw } from '../support/discord/raw-client.ts';
import { problem, retryAfterMs, shown } from '../support/v1/expected.ts';
import { type V1Answer, V1Client } from '../support/v1/client.ts';

const TOTAL = 40;
const RESERVE = 10;
const DAY_MS = 86_400_000;

let environment: TestEnvironment;
beforeEach(async () => {
  environment = await TestEnvironment.make();
});
afterEach(() => environment.end());

async function identify(discord: FakeDiscord, shard: number, total: number): Promise<void> {
  const connection = await connectRaw(discord.gatewayUrl);
  connection.identify([shard, total], tokenOf('default'));
  await connection.next();
}

/** What the fake itself has counted, after each IDENTIFY from now on: the least of it. */
function watchRemaining(discord: FakeDiscord): () => number {
  let least = Infinity;
  void discord.log.until(() => {
    least = Math.min(least, discord.info().session_start_limit.remaining);
    return false;
  });
  return () => least;
}

test('P3: three kinds of client never take a bot under the reserve, and go on at the reset', async () => {
  const discord = await environment.discord({
    bots: [{ token: tokenOf('default'), total: TOTAL, maxConcurrency: 4, resetAfterMs: DAY_MS }],
    // An IDENTIFY is long on its way, so each refresh tells of a budget from which much is gone already.
    jitter: { minMs: 1500, maxMs: 3000 },
  });
  const service = await environment.serviceOf(discord, {
    GATEWAY_INFO_CRON: EVERY_SECOND,
    IDENTIFY_INTERVAL_MS: '20',
    SESSION_RESERVE: String(RESERVE),
  });
  const remaining = watchRemaining(discord);
  const client = new V1Client(service.process.url);
  const each = 16;
  const total = 3 * each;
  const shards = Array.from({ length: total }, (_, shard) => shard);
  const reasons = new Set<unknown>();
  const note = ({ body }: V1Answer): unknown => reasons.add(body?.['reason']);
  const all = shards.map(async (shard) => {
    // One client knows `/` alone, one waits for long, one waits for a moment and asks again.
    if (shard < each) await service.ask(shard).answer;
    else if (shard < 2 * each) await client.insist({ shard, maxWaitMs: 3_600_000 }, note);
    else await client.insist({ shard, maxWaitMs: 500 }, note);
    await identify(discord, shard, total);
  });

  // All that is to be had is had, and the refreshes after that change nothing.
  await discord.log.until((log) => log.of('identify').length === TOTAL - RESERVE);
  const questions = discord.log.of('rest').length;
  await discord.log.until((log) => log.of('rest').length >= questions + 3);
  expect(discord.log.of('identify')).toHaveLength(TOTAL - RESERVE);
  expect(discord.info().session_start_limit.remaining).toBe(RESERVE);
  expect(reasons).toContain('budget');

  const resetAt = monotonicNow() + 2000;
  discord.setLimits({ resetAfterMs: 2000 });
  await Promise.all(all);
  const outcomes = discord.log.of('identify').map(({ outcome }) => outcome);
  expect(outcomes).toEqual(shards.map(() => 'accepted'));
  const after = discord.log.of('identify').slice(TOTAL - RESERVE);
  expect(Math.min(...after.map(({ receivedAt }) => receivedAt))).toBeGreaterThanOrEqual(resetAt);
  expect(remaining()).toBe(RESERVE);
  expect(discord.log.of('token-reset')).toEqual([]);
});

test('P3: with a budget of 0 at the start each shard is told that the budget is the reason, and keeps its place', async () => {
  const discord = await environment.discord({
    bots: [
      {
        token: tokenOf('default'),
        total: TOTAL,
        remaining: 0,
        maxConcurrency: 1,
        resetAfterMs: DAY_MS,
      },
    ],
  });
  const service = await environment.serviceOf(discord, {
    GATEWAY_INFO_CRON: EVERY_SECOND,
    IDENTIFY_INTERVAL_MS: '20',
    SESSION_RESERVE: String(RESERVE),
  });
  const client = new V1Client(service.process.url);
  expect(await service.ready()).toMatchObject({ code: 200 });
  const shards = [4, 2, 0, 3, 1];
  const told: V1Answer[] = [];
  for (const shard of shards) told.push(await client.identify({ shard, maxWaitMs: 100 }));
  // They stand in line one by one, for the one before has gone when the next one comes.
  for (const answer of told) {
    expect(shown(answer)).toEqual(
      problem(429, 'wait-over', {
        reason: 'budget',
        position: 1,
        estimatedWaitMs: expect.toSatisfy((ms: number) => ms > DAY_MS / 2 && ms <= DAY_MS + 1000),
      }),
    );
    expect(retryAfterMs(answer.headers)).toBe(1000);
  }

  // They come back in the opposite order, at the same time as a new shard.
  const newcomer = 5;
  const all = [newcomer, ...shards.toReversed()].map((shard) =>
    client.identify({ shard, maxWaitMs: 3_600_000 }),
  );
  const questions = discord.log.of('rest').length;
  await discord.log.until((log) => log.of('rest').length >= questions + 2);
  discord.setLimits({ remaining: RESERVE + all.length });
  for (const answer of await Promise.all(all)) expect(answer.status).toBe(200);
  expect(await service.stop()).toBe(0);
  const order = (await storedPermits(environment.dataDir)).map(({ shard }) => shard);
  expect(order).toEqual([...shards, newcomer]);
});

test("P3: a bot's own reserve counts before the reserve of all bots", async () => {
  const names = ['own', 'of-all', 'none'] as const;
  const discord = await environment.discord({
    bots: names.map((name) => ({ name, token: tokenOf(name), maxConcurrency: 16, remaining: 5 })),
  });
  const service = await environment.serviceOfBots(
    discord,
    [
      { id: 'own', token: tokenOf('own'), reserve: 3 },
      { id: 'of-all', token: tokenOf('of-all') },
      { id: 'none', token: tokenOf('none'), reserve: 0 },
    ],
    { SESSION_RESERVE: '4' },
  );
  for (const name of names) await service.untilLogged(`Bot ${name} has max_concurrency 16`);
  const client = new V1Client(service.process.url);
  const outcomesOf = async (bot: string): Promise<unknown[]> => {
    const answers = await Promise.all(
      [0, 1, 2, 3, 4, 5].map((shard) => client.identify({ bot, shard, maxWaitMs: 3000 })),
    );
    return answers.map(({ status, body }) => (status === 200 ? 'permit' : body?.['reason']));
  };
  const outcomes = await Promise.all(names.map(outcomesOf));
  const given = outcomes.map((of) => of.filter((outcome) => outcome === 'permit').length);
  expect(given).toEqual([2, 1, 5]);
  const held = outcomes.flat().filter((outcome) => outcome !== 'permit');
  expect(new Set(held)).toEqual(new Set(['budget']));
});
