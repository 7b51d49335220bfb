import type { BrowserContext } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';

import { Chromium } from '../support/browser/chromium.ts';
import {
  CLOSED_FOR_LONG,
  OPERATOR,
  startDashboardService,
} from '../support/browser/dashboard-service.ts';
import { DashboardTab } from '../support/browser/dashboard-tab.ts';
import { closeBuckets, WaitingShards } from '../support/browser/waiting-shards.ts';
import { freePort } from '../support/free-port.ts';
import { startService, type Service } from '../support/service/service.ts';

/** Sixty shards; a page of the line shows fifty. */
const EARLY = [0, 1, 2, 3, 4];
const LATE = Array.from({ length: 55 }, (_, index) => 5 + index);

let chromium: Chromium;
let context: BrowserContext;
let service: Service;

beforeAll(async () => {
  chromium = await Chromium.start();
}, 600_000);
beforeEach(async () => {
  context = await chromium.browser.newContext();
});
afterEach(async () => {
  await context.close();
  await service.kill();
});
afterAll(() => chromium.end());

function open(view: string): Promise<DashboardTab> {
  return DashboardTab.live(context, service.url, view, OPERATOR);
}

test('the page of a shard says that it waits and why, while the limits are unknown', async () => {
  service = await startService(
    {
      ADMIN_TOKENS: `kim:operator:${OPERATOR}`,
      DISCORD_TOKEN: 'a-token-of-no-bot',
      DISCORD_API_URL: `http://127.0.0.1:${await freePort()}/api`,
    },
    { probe: 'live' },
  );
  const tab = await open('/bots/default/shards/6');
  await tab.page.getByText('Shard 6 has no waiting request.').waitFor();
  const shards = new WaitingShards(service);
  await shards.join([6]);
  await tab.page.getByText('Shard 6 waits at position 1').waitFor();
  await tab.page.getByText("The service does not know the bot's limits yet").waitFor();
  shards.leave();
  await tab.page.getByText('Shard 6 has no waiting request.').waitFor();
  expect(tab.complaints).toEqual([]);
});

test('the page of a shard says how many requests in its line are throttled', async () => {
  service = await startDashboardService({ CRASH_LOOP_BURST: '1', CRASH_LOOP_BELOW: '1' });
  const shards = new WaitingShards(service);
  await shards.join([0]);
  await shards.join([0]);
  const tab = await open('/bots/default/shards/0');
  await tab.page.getByText('Throttled requests in its line: 1 of 1.').waitFor();
  expect(tab.complaints).toEqual([]);
  shards.leave();
});

test('a page of a line says which positions it shows, also after earlier waiters have left', async () => {
  service = await startDashboardService(CLOSED_FOR_LONG);
  await closeBuckets(service, 1);
  const early = new WaitingShards(service);
  const late = new WaitingShards(service);
  await early.join(EARLY);
  const tab = await open('/bots/default/buckets/0');
  await tab.page.getByText('1 to 5 of 5', { exact: true }).waitFor();
  await late.join(LATE);
  await tab.page.getByText('1 to 50 of 60', { exact: true }).waitFor();
  await tab.page.getByRole('button', { name: 'Next page' }).click();
  await tab.page.getByText('51 to 60 of 60', { exact: true }).waitFor();
  early.leave();
  await tab.page.getByText('46 to 55 of 55', { exact: true }).waitFor();
  expect(tab.complaints).toEqual([]);
  late.leave();
});
