import { afterEach, beforeEach, expect, test, vi } from 'vitest';

import { Cluster } from '../support/cluster/cluster.ts';
import { flush } from '../support/cluster/shared-state.ts';
import { monotonicNow, startFakeDiscord, type FakeDiscord } from '../support/discord/index.ts';
import type { Service } from '../support/service/service.ts';

/** What a takeover may take, ms: until the leader is taken for dead, until that is noticed, and a busy machine. */
const TAKEOVER_MS = 3000 + 500;

/** A second until it is noticed, and a busy machine. */
const NOTICE_MS = 1000 + 500;

/** No test is under way at the turn of a year. */
const NEVER = '0 0 1 1 *';

/** A bot as the readiness probe shows it. */
interface ShownBot {
  readonly leads: boolean;
  readonly maxConcurrency: number | null;
}

let discord: FakeDiscord;
let cluster: Cluster | undefined;
beforeEach(async () => {
  discord = await startFakeDiscord({ bots: [{ token: 'fake-token', maxConcurrency: 4 }] });
});
afterEach(async () => {
  await cluster?.end();
  await discord.close();
});

async function started(probe: 'ready' | 'live', settings = {}): Promise<Cluster> {
  cluster = await Cluster.start(
    3,
    {
      DISCORD_TOKEN: 'fake-token',
      DISCORD_API_URL: discord.url,
      GATEWAY_INFO_CRON: NEVER,
      IDENTIFY_INTERVAL_MS: '300',
      ...settings,
    },
    { probe },
  );
  return cluster;
}

/** How often Discord was asked. */
function asked(): number {
  return discord.log.of('rest').length;
}

/** Resolves once Discord was asked so often; returns how long that took, in ms. */
async function untilAsked(times: number): Promise<number> {
  const since = monotonicNow();
  await discord.log.until((log) => log.of('rest').length >= times);
  return monotonicNow() - since;
}

async function botAt({ url }: Service): Promise<ShownBot | undefined> {
  const response = await fetch(`${url}/health/ready`, { headers: { connection: 'close' } });
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the format of terminus, with our own members
  const body = (await response.json()) as { details: { limits: { bots: ShownBot[] } } };
  return body.details.limits.bots[0];
}

/** The one replica that asks, once all know what it learned. */
async function leaderOf(running: Cluster): Promise<Service> {
  const readLeader = async (): Promise<Service> => {
    const bots = await Promise.all(running.replicas.map(botAt));
    expect(bots.map((bot) => bot?.maxConcurrency)).toEqual(bots.map(() => 4));
    expect(bots.filter((bot) => bot?.leads)).toHaveLength(1);
    return running.replica(bots.findIndex((bot) => bot?.leads));
  };
  return vi.waitFor(readLeader, { timeout: 10_000, interval: 10 });
}

test('one of three replicas asks Discord, at the start and by cron, and all show the answer', async () => {
  const running = await started('ready', { GATEWAY_INFO_CRON: '* * * * * *' });
  await leaderOf(running);
  const before = asked();
  expect(before).toBeLessThanOrEqual(4);
  const tookMs = await untilAsked(before + 2);
  expect(tookMs).toBeGreaterThan(900);
});

test('when the asking replica is killed before Discord answers, another asks within seconds', async () => {
  discord.setRest({ kind: 'hanging' });
  const running = await started('live');
  await untilAsked(1);
  const bots = await Promise.all(running.replicas.map(botAt));
  const leader = bots.findIndex((bot) => bot?.leads);
  expect(asked()).toBe(1);
  discord.setRest({ kind: 'ok' });
  await running.replica(leader).kill();
  expect(await untilAsked(2)).toBeLessThan(TAKEOVER_MS);

  const [request] = running.replicas
    .filter((_, index) => index !== leader)
    .map(({ url }) => running.replicas.findIndex((replica) => replica.url === url))
    .map((index) => running.ask(index, 0));
  expect((await request?.answer)?.status).toBe(200);
  expect(asked()).toBe(2);
});

test('when the limits are lost, Discord is asked again within a second', async () => {
  const running = await started('ready');
  await leaderOf(running);
  expect(asked()).toBe(1);
  await flush(running.redis.client);
  expect(await untilAsked(2)).toBeLessThan(NOTICE_MS);
  await leaderOf(running);
  expect(asked()).toBe(2);
});
