import { afterEach, beforeEach, expect, test } from 'vitest';

import { allAnswered } from '../support/http/held-request.ts';
import { EVERY_SECOND, TestEnvironment, tokenOf } from '../support/environment/environment.ts';
import { storedPermits, type StoredPermit } from '../support/state/stored-state.ts';

const INTERVAL_MS = 250;
const MARGIN_MS = 50;
const SPACING_MS = INTERVAL_MS + MARGIN_MS;
const SHARDS = Array.from({ length: 40 }, (_, shard) => shard);

let environment: TestEnvironment;
beforeEach(async () => {
  environment = await TestEnvironment.make();
});
afterEach(() => environment.end());

/** A permit, and how often max_concurrency had changed before it. */
interface Phased extends StoredPermit {
  readonly phase: number;
}

/** @param maxConcurrencies what max_concurrency was, one after the other */
function inPhases(permits: readonly StoredPermit[], maxConcurrencies: readonly number[]): Phased[] {
  const phaseOf = new Map<number, number>();
  return permits.map((permit) => {
    const { bucket, opensBucket } = permit;
    const before = phaseOf.get(bucket) ?? -1;
    // A bucket of this number is there only while there are enough of them.
    const next = maxConcurrencies.findIndex((most, at) => at > before && bucket < most);
    const phase = opensBucket ? next : before;
    phaseOf.set(bucket, phase);
    return { ...permit, phase };
  });
}

test('P1 when max_concurrency goes from 1 to 4 to 2 while 40 requests wait, all are served and none too early', async () => {
  const discord = await environment.discord();
  const service = await environment.serviceOf(discord, {
    GATEWAY_INFO_CRON: EVERY_SECOND,
    IDENTIFY_INTERVAL_MS: String(INTERVAL_MS),
    IDENTIFY_MARGIN_MS: String(MARGIN_MS),
  });
  const asked = await service.askInOrder(SHARDS);
  // Under each of them some are served.
  await service.untilPermits(1);
  discord.setLimits({ maxConcurrency: 4 });
  await service.untilLogged('Bot default now has max_concurrency 4 (discord); it was 1');
  await service.untilPermits(service.logged('A shard may identify').length + 2);
  discord.setLimits({ maxConcurrency: 2 });
  await service.untilLogged('Bot default now has max_concurrency 2 (discord); it was 4');
  await allAnswered(asked);
  const said = (await service.untilPermits(SHARDS.length)).map(({ shard, bucket }) => ({
    shard,
    bucket,
  }));
  expect(service.logged('now has max_concurrency')).toHaveLength(2);
  expect(await service.stop()).toBe(0);

  const MAX_CONCURRENCIES = [1, 4, 2];
  const permits = inPhases(await storedPermits(environment.dataDir), MAX_CONCURRENCIES);
  expect(permits.map(({ shard }) => shard).toSorted((a, b) => a - b)).toEqual(SHARDS);
  expect(said).toEqual(
    expect.arrayContaining(permits.map(({ shard, bucket }) => ({ shard, bucket }))),
  );
  const phases = permits.map(({ phase }) => phase);
  expect(phases).toEqual(phases.toSorted((a, b) => a - b));
  expect(new Set(phases)).toEqual(new Set([0, 1, 2]));
  for (const { phase, shard, bucket } of permits) {
    expect(bucket).toBe(shard % (MAX_CONCURRENCIES[phase] ?? 0));
  }
  // Whatever comes sooner after another one is of another bucket, and of the same max_concurrency.
  for (const [index, permit] of permits.entries()) {
    for (const before of permits.slice(0, index)) {
      if (permit.givenAt - before.givenAt >= SPACING_MS) continue;
      expect(permit).toMatchObject({ phase: before.phase });
      expect(permit.bucket).not.toBe(before.bucket);
    }
  }
  // In each line those who came first were first.
  for (const phase of [0, 1, 2]) {
    for (const bucket of [0, 1, 2, 3]) {
      const line = permits.filter((one) => one.phase === phase && one.bucket === bucket);
      const shards = line.map(({ shard }) => shard);
      expect(shards).toEqual(shards.toSorted((a, b) => a - b));
    }
  }
});

test("MAX_CONCURRENCY replaces Discord's max_concurrency, and the budget stays Discord's", async () => {
  const discord = await environment.discord({
    bots: [{ token: tokenOf('default'), maxConcurrency: 8, total: 500, remaining: 5 }],
  });
  const service = await environment.serviceOf(discord, {
    MAX_CONCURRENCY: '4',
    GATEWAY_INFO_CRON: EVERY_SECOND,
  });
  await service.untilLogged(
    'Bot default has max_concurrency 4 (override) and 5 of 500 session starts left',
  );
  expect(await service.ready()).toMatchObject({
    details: { limits: { bots: [{ source: 'override', maxConcurrency: 4 }] } },
  });
  const asked = await service.askInOrder([0, 1, 2, 3, 4, 8]);
  await allAnswered(asked.slice(0, 5));
  const buckets = (await service.untilPermits(5)).map(({ bucket }) => bucket);
  // Buckets that open at one moment are in no order.
  expect(buckets.toSorted((a, b) => Number(a) - Number(b))).toEqual([0, 0, 1, 2, 3]);

  // Its bucket is open, and a refresh was taken over, by the time that Discord was asked twice more.
  const questions = discord.log.of('rest').length;
  await discord.log.until((log) => log.of('rest').length >= questions + 2);
  expect(asked[5]?.state).toBe('held');
  expect(service.logged('now has max_concurrency')).toEqual([]);
  discord.setLimits({ remaining: 100 });
  await asked[5]?.answer;
});

test('requests that name no shard go to bucket 0, with one warning for all of them', async () => {
  const discord = await environment.discord({
    bots: [{ token: tokenOf('default'), maxConcurrency: 4 }],
  });
  const service = await environment.serviceOf(discord);
  await allAnswered([service.ask(), service.ask(), service.ask(), service.ask(), service.ask()]);
  const permits = await service.untilPermits(5);
  expect(permits.map(({ bucket }) => bucket)).toEqual([0, 0, 0, 0, 0]);
  expect(service.logged('A request names no shard')).toMatchObject([
    { level: 'warn', bot: 'default', maxConcurrency: 4 },
  ]);
});

test('with one bucket, requests that name no shard are not warned of', async () => {
  const service = await environment.serviceOf(await environment.discord());
  await allAnswered([service.ask(), service.ask()]);
  await service.untilPermits(2);
  expect(service.logged('A request names no shard')).toEqual([]);
});
