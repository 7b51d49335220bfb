import { afterEach, beforeEach, expect, test, vi } from 'vitest';

import { Chromium } from '../support/browser/chromium.ts';
import { OPERATOR, VIEWER } from '../support/browser/dashboard-service.ts';
import { DashboardTab } from '../support/browser/dashboard-tab.ts';
import { WaitingShards } from '../support/browser/waiting-shards.ts';
import { Cluster } from '../support/cluster/cluster.ts';
import { monotonicNow } from '../support/discord/index.ts';

/** The requests to the store are counted during this many ticks of the live state, a second apart. */
const COUNTED_TICKS = 8;

/** The runs of a script that may fall on the edges of the counted time. */
const EDGE_RUNS = 3;

/** Pages that read lists as well: the line of a bucket, and a shard. */
const VIEWS = ['/', '/bots/default/buckets/0', '/bots/default/shards/3'];

let chromium: Chromium | undefined;
let cluster: Cluster;
let shards: WaitingShards;
beforeEach(async () => {
  cluster = await Cluster.start(1, {
    ADMIN_TOKENS: `kim:operator:${OPERATOR},sam:viewer:${VIEWER}`,
    IDENTIFY_INTERVAL_MS: '1000',
    MAX_CONCURRENCY: '2',
  });
  shards = new WaitingShards(cluster.replica(0));
}, 600_000);
afterEach(async () => {
  shards.leave();
  await chromium?.end();
  chromium = undefined;
  await cluster.end();
});

/** Opens each of these pages for as many viewers, each in a browser context of its own. */
async function openPages({ browser }: Chromium, viewers: number): Promise<void> {
  const { url } = cluster.replica(0);
  for (let viewer = 0; viewer < viewers; viewer += 1) {
    const context = await browser.newContext();
    await DashboardTab.session(context, url, VIEWER);
    for (const view of VIEWS) await (await DashboardTab.open(context, url, view)).says('Live');
  }
}

/** The requests to the store during a time. */
interface Counted {
  /** The number of runs of each script on the bot's keys. */
  readonly scripts: ReadonlyMap<string, number>;
  readonly seconds: number;
}

/** Counts while the service makes this many snapshots, which takes longer on a busy machine. */
async function countScripts(): Promise<Counted> {
  const scripts = new Map<string, number>();
  const monitor = await cluster.redis.client.monitor();
  monitor.on('monitor', (_time: string, [command = '', sha = '', , key = '']: string[]) => {
    if (/^evalsha$/i.test(command) && key.includes('{default}')) {
      scripts.set(sha, (scripts.get(sha) ?? 0) + 1);
    }
  });
  const startedAt = monotonicNow();
  const from = await version();
  // With permits coming, each tick makes a new version of the state.
  await vi.waitFor(
    async () => expect(await version()).toBeGreaterThanOrEqual(from + COUNTED_TICKS),
    { interval: 500, timeout: 60_000 },
  );
  monitor.disconnect();
  return { scripts, seconds: (monotonicNow() - startedAt) / 1000 };
}

async function version(): Promise<number> {
  const headers = { authorization: `Bearer ${OPERATOR}` };
  const answer = await fetch(`${cluster.replica(0).url}/api/v1/state`, { headers });
  const state: { readonly version: number } = JSON.parse(await answer.text());
  return state.version;
}

test('P10 nine viewers cause no more requests to the store than one viewer, apart from shared lists', async () => {
  await shards.join(Array.from({ length: 200 }, (_, shard) => shard));
  chromium = await Chromium.start();
  await openPages(chromium, 1);
  const one = await countScripts();
  await openPages(chromium, 8);
  const nine = await countScripts();
  expect(one.scripts.size).toBeGreaterThan(2);
  for (const [sha, count] of nine.scripts) {
    // Permits and heartbeats come by time: their number per second does not depend on the viewers.
    const before = Math.max((one.scripts.get(sha) ?? 0) / one.seconds, 1);
    // A list may be read once a second more than for one viewer, with some room for the edges of the counted time.
    expect(count).toBeLessThanOrEqual((before + 1) * nine.seconds + EDGE_RUNS);
  }
}, 180_000);

test('the tabs of a browser share one stream of events', async () => {
  const { url } = cluster.replica(0);
  chromium = await Chromium.start();
  const context = await chromium.browser.newContext();
  await DashboardTab.session(context, url, VIEWER);
  const views = ['/', '/bots/default/buckets', '/replicas', '/audit'];
  for (const view of views) await (await DashboardTab.open(context, url, view)).says('Live');
  await context.close();
  const streams = (await chromium.end()).filter((asked) => asked === `${url}/api/v1/events`);
  chromium = undefined;
  // A stream that stalls is replaced by one new stream, not by one for each tab.
  expect(streams.length).toBeGreaterThan(0);
  expect(streams.length).toBeLessThan(views.length);
});
