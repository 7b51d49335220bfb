import { afterEach, beforeEach, expect, test, vi } from 'vitest';

import type { BotLimitsBody } from '../../apps/gateway-queue/src/admin/limits/bot-limits.body.ts';
import type { NamedBotBody } from '../../apps/gateway-queue/src/admin/bots/bot-summary.body.ts';
import { AdminClient } from '../support/admin/admin-client.ts';
import { ADMIN_TOKENS } from '../support/admin/operators.ts';
import type { FakeDiscord } from '../support/discord/index.ts';
import { EVERY_SECOND, TestEnvironment, tokenOf } from '../support/environment/environment.ts';
import type { QueueService } from '../support/environment/queue-service.ts';
import { allAnswered } from '../support/http/held-request.ts';
import { storedPermits } from '../support/state/stored-state.ts';

/** Until a report of the replica is shown, ms: it may be two seconds old. */
const SHOWN = { interval: 50, timeout: 10_000 };
const INTERVAL_MS = 400;
const DISCORDS = 16;
const OVERRIDE = '/bots/default/limits/override';
const REASON = 'To start more slowly';

let environment: TestEnvironment;
let discord: FakeDiscord;
beforeEach(async () => {
  environment = await TestEnvironment.make();
  discord = await environment.discord({
    bots: [{ token: tokenOf('default'), maxConcurrency: DISCORDS }],
  });
});
afterEach(() => environment.end());

function start(settings: Readonly<Record<string, string>> = {}): Promise<QueueService> {
  return environment.serviceOf(discord, {
    ADMIN_TOKENS,
    IDENTIFY_INTERVAL_MS: String(INTERVAL_MS),
    GATEWAY_INFO_CRON: EVERY_SECOND,
    ...settings,
  });
}

/** Starts shards 0 to 39, and tells the least time between two permits of one of Discord's buckets, ms. */
async function leastGapMs(service: QueueService): Promise<number> {
  await allAnswered(await service.askInOrder(Array.from({ length: 40 }, (_, shard) => shard)));
  await service.untilPermits(40);
  expect(await service.stop()).toBe(0);
  const last = new Map<number, number>();
  let least = Infinity;
  for (const { givenAt, shard } of await storedPermits(environment.dataDir)) {
    const bucket = shard % DISCORDS;
    least = Math.min(least, givenAt - (last.get(bucket) ?? -Infinity));
    last.set(bucket, givenAt);
  }
  return least;
}

test.each([10, 12, 32])(
  'P1 MAX_CONCURRENCY=%i does not divide Discord’s 16: 16 holds, and log, readiness and API say so',
  async (maxConcurrency) => {
    const service = await start({ MAX_CONCURRENCY: String(maxConcurrency) });
    const ignored = { maxConcurrency, from: 'settings' };
    await service.untilLogged(
      `Bot default ignores the max_concurrency ${maxConcurrency} of the settings, and Discord's 16 holds`,
    );
    expect(await service.ready()).toMatchObject({
      details: {
        limits: { bots: [{ maxConcurrency: 16, discordMaxConcurrency: 16, ignored }] },
      },
    });
    const api = AdminClient.as('ada', service);
    await vi.waitFor(async () => {
      expect(await api.read<NamedBotBody>('/bots/default')).toMatchObject({
        limits: { maxConcurrency: 16, discordMaxConcurrency: 16, source: 'discord' },
        info: { ignored },
      });
    }, SHOWN);
    const questions = discord.log.of('rest').length;
    await discord.log.until((log) => log.of('rest').length >= questions + 2);
    expect(service.logged('ignores')).toMatchObject([{ level: 'warn' }]);
    expect(await leastGapMs(service)).toBeGreaterThanOrEqual(INTERVAL_MS);
  },
);

test('P1 MAX_CONCURRENCY=8 divides Discord’s 16, and holds', async () => {
  const service = await start({ MAX_CONCURRENCY: '8' });
  await service.untilLogged('Bot default has max_concurrency 8 (override)');
  expect(await leastGapMs(service)).toBeGreaterThanOrEqual(INTERVAL_MS);
  expect(service.logged('ignores')).toEqual([]);
});

test('MAX_CONCURRENCY holds as it is for a bot without a token', async () => {
  const service = await environment.service({ MAX_CONCURRENCY: '10' });
  await service.untilLogged('Bot default has max_concurrency 10 (override)');
  expect(service.logged('ignores')).toEqual([]);
});

test.each([10, 12, 32])(
  'P1 an override of %i is refused in words that name the divisors of Discord’s 16',
  async (maxConcurrency) => {
    const service = await start();
    const api = AdminClient.as('ada', service);
    const refused = await api.put(OVERRIDE, { maxConcurrency, reason: REASON });
    expect(refused).toMatchObject({
      status: 409,
      body: { code: 'not-a-divisor', parameter: 'maxConcurrency' },
    });
    expect(refused.text).toContain('1, 2, 4, 8 or 16');
    expect((await api.get(OVERRIDE)).status).toBe(404);
    expect(await leastGapMs(service)).toBeGreaterThanOrEqual(INTERVAL_MS);
  },
);

test('P1 when Discord goes from 16 to 12 under an override of 8, 12 holds until the override is lifted or fits', async () => {
  const service = await start();
  const api = AdminClient.as('ada', service);
  expect((await api.put(OVERRIDE, { maxConcurrency: 8, reason: REASON })).status).toBe(200);
  const untilShown = (limits: object, ignored?: object): Promise<void> =>
    vi.waitFor(async () => {
      const shown = await api.read<NamedBotBody>('/bots/default');
      expect(shown.limits).toMatchObject(limits);
      expect(shown.info?.ignored).toEqual(ignored);
    }, SHOWN);
  await untilShown({ maxConcurrency: 8, discordMaxConcurrency: 16, source: 'override' });

  discord.setLimits({ maxConcurrency: 12 });
  await service.untilLogged('Bot default now has max_concurrency 12 (discord); it was 8');
  await service.untilLogged('Bot default ignores the max_concurrency 8 of the override');
  await untilShown(
    { maxConcurrency: 12, discordMaxConcurrency: 12, source: 'discord' },
    { maxConcurrency: 8, from: 'override' },
  );
  expect(await api.read<BotLimitsBody>('/bots/default/limits')).toMatchObject({
    limits: { maxConcurrency: 12, discordMaxConcurrency: 12 },
    override: { maxConcurrency: 8 },
  });

  discord.setLimits({ maxConcurrency: 16 });
  await service.untilLogged('Bot default no longer ignores a max_concurrency: 8 holds');
  await untilShown({ maxConcurrency: 8, discordMaxConcurrency: 16, source: 'override' });
});
