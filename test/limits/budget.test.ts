import { afterEach, beforeEach, expect, test } from 'vitest';

import { type QueueService } from '../support/environment/queue-service.ts';
import { allAnswered, statesOf } from '../support/http/held-request.ts';
import {
  EVERY_SECOND,
  NEVER,
  TestEnvironment,
  tokenOf,
} from '../support/environment/environment.ts';
import { storedBudget, storedPermits } from '../support/state/stored-state.ts';
import { monotonicNow, type FakeDiscord } from '../support/discord/index.ts';
import { connectRaw } from '../support/discord/raw-client.ts';

const DAY_MS = 86_400_000;

let environment: TestEnvironment;
beforeEach(async () => {
  environment = await TestEnvironment.make();
});
afterEach(() => environment.end());

/** Asks for the shards in their order; each one identifies once it may. Resolves when the last one has. */
async function identifyAll(
  service: QueueService,
  discord: FakeDiscord,
  shards: readonly number[],
  total: number,
): Promise<void> {
  const asked = await service.askInOrder(shards);
  await Promise.all(
    asked.map(async ({ answer }, index) => {
      await answer;
      const shard = await connectRaw(discord.gatewayUrl);
      shard.identify([shards[index], total], tokenOf('default'));
      await shard.next();
    }),
  );
}

function outcomes(discord: FakeDiscord): string[] {
  return discord.log.of('identify').map(({ outcome }) => outcome);
}

test('P3 with 3 starts left 3 permits are given; at the reset Discord is asked and the line goes on', async () => {
  const discord = await environment.discord({
    bots: [{ token: tokenOf('default'), total: 8, remaining: 0, resetAfterMs: DAY_MS }],
  });
  const service = await environment.serviceOf(discord, {
    GATEWAY_INFO_CRON: EVERY_SECOND,
    IDENTIFY_INTERVAL_MS: '50',
  });
  const shards = [7, 6, 5, 4, 3, 2, 1, 0];
  const all = identifyAll(service, discord, shards, 8);
  // While the budget is exhausted no permit is given, and all requests stay held.
  await discord.log.until((log) => log.of('rest').length >= 2);
  expect(service.answered).toEqual([]);

  // From the next refresh, a second later at most, 1.5 s or more are left.
  const resetAt = monotonicNow() + 2500;
  discord.setLimits({ remaining: 3, resetAfterMs: 2500 });
  await service.untilPermits(3);
  // The log has a permit a moment before its client does.
  await expect.poll(() => service.answered).toEqual([7, 6, 5]);
  expect(monotonicNow()).toBeLessThan(resetAt);
  await all;
  expect(service.answered).toEqual(shards);
  expect(outcomes(discord)).toEqual(shards.map(() => 'accepted'));
  expect(discord.log.of('token-reset')).toEqual([]);

  expect(await service.stop()).toBe(0);
  const beforeReset = (await storedPermits(environment.dataDir)).filter(
    ({ givenAt }) => givenAt < resetAt,
  );
  expect(beforeReset.map(({ shard }) => shard)).toEqual([7, 6, 5]);
});

test('P3 without a refresh before it the reset refills the budget, and Discord is asked then', async () => {
  const discord = await environment.discord({
    bots: [{ token: tokenOf('default'), total: 6, remaining: 0, resetAfterMs: DAY_MS }],
  });
  // Down until the service is there, so that its start takes nothing of the time until the reset.
  const relay = await environment.relayTo(discord);
  const service = await environment.serviceOf(
    { url: `http://127.0.0.1:${relay.port}/api` },
    { GATEWAY_INFO_CRON: NEVER },
    { probe: 'live' },
  );
  await service.untilLogged('could not be asked');
  const resetAt = monotonicNow() + 3500;
  discord.setLimits({ remaining: 3, resetAfterMs: 3500 });
  await relay.open();
  await identifyAll(service, discord, [0, 1, 2, 3, 4, 5], 6);
  expect(service.answered).toEqual([0, 1, 2, 3, 4, 5]);
  expect(outcomes(discord)).toEqual(Array.from({ length: 6 }, () => 'accepted'));
  await discord.log.until((log) => log.of('rest').length === 2);
  const [, atReset] = discord.log.of('rest');
  expect(atReset?.at).toBeGreaterThanOrEqual(resetAt);

  expect(await service.stop()).toBe(0);
  const beforeReset = (await storedPermits(environment.dataDir)).filter(
    ({ givenAt }) => givenAt < resetAt,
  );
  expect(beforeReset).toHaveLength(3);
});

test('P3 when a refresh brings starts while none are left, as many permits are given at once, and no more', async () => {
  const discord = await environment.discord({
    bots: [{ token: tokenOf('default'), maxConcurrency: 8, remaining: 0, resetAfterMs: DAY_MS }],
  });
  const service = await environment.serviceOf(discord, { GATEWAY_INFO_CRON: EVERY_SECOND });
  expect(await service.ready()).toMatchObject({ code: 200, status: 'ok' });
  const asked = await service.askInOrder([0, 1, 2, 3, 4]);
  await discord.log.until((log) => log.of('rest').length >= 2);
  expect(statesOf(asked)).toEqual(['held', 'held', 'held', 'held', 'held']);

  discord.setLimits({ remaining: 4 });
  await service.untilPermits(4);
  const brought = discord.log.of('rest').at(-1)?.at ?? 0;
  // All buckets are open, so nothing but the budget is in the fifth's way; the next refresh changes nothing.
  const questions = discord.log.of('rest').length;
  await discord.log.until((log) => log.of('rest').length >= questions + 2);
  expect(asked.filter(({ state }) => state === 'answered')).toHaveLength(4);
  expect(await service.stop()).toBe(0);
  const permits = await storedPermits(environment.dataDir);
  expect(permits).toHaveLength(4);
  for (const { givenAt } of permits) expect(givenAt - brought).toBeLessThan(500);
});

test('P3 a full budget with a reset in 0 ms is not refilled while it is spent', async () => {
  const discord = await environment.discord({
    bots: [{ token: tokenOf('default'), total: 3, remaining: 3 }],
  });
  expect(discord.info().session_start_limit).toMatchObject({ remaining: 3, reset_after: 0 });
  const service = await environment.serviceOfBots(discord, [
    { id: 'default', token: tokenOf('default') },
    // Takes an interval for each of its shards, and by that tells the time.
    { id: 'clock' },
  ]);
  // Those that are still held at the end have nothing to identify for.
  identifyAll(service, discord, [0, 1, 2, 3, 4, 5], 6).catch(() => undefined);
  await allAnswered(
    await service.askInOrder(
      Array.from({ length: 20 }, (_, shard) => shard),
      'clock',
    ),
  );
  expect(outcomes(discord)).toEqual(['accepted', 'accepted', 'accepted']);
  expect(discord.log.of('token-reset')).toEqual([]);
});

test('a bot without a token has one bucket, and 1000 starts in the 24 h from its first permit', async () => {
  const service = await environment.service({ IDENTIFY_INTERVAL_MS: '1' });
  await service.untilLogged(
    'Bot default has max_concurrency 1 (default) and 1000 of 1000 session starts left',
  );
  expect(await service.ready()).toMatchObject({
    code: 200,
    status: 'ok',
    details: { limits: { bots: [{ source: 'default', maxConcurrency: 1, lastError: null }] } },
  });
  const asked = Array.from({ length: 1001 }, (_, shard) => service.ask(shard));
  await service.untilPermits(1000);
  expect(await service.stop()).toBe(0);
  expect(service.answered).toHaveLength(1000);
  expect(asked.filter(({ state }) => state === 'closed')).toHaveLength(1);

  const permits = await storedPermits(environment.dataDir);
  expect(permits).toHaveLength(1000);
  expect(new Set(permits.map(({ bucket }) => bucket))).toEqual(new Set([0]));
  const { remaining, resetAt } = await storedBudget(environment.dataDir, 'default');
  expect(remaining).toBe(0);
  expect(resetAt).toBe((permits[0]?.givenAt ?? 0) + DAY_MS);
});
