import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';

import { Chromium } from './support/browser/chromium.ts';
import {
  CLOSED_FOR_LONG,
  OPERATOR,
  startDashboardService,
} from './support/browser/dashboard-service.ts';
import { DashboardTab } from './support/browser/dashboard-tab.ts';
import { closeBuckets, WaitingShards } from './support/browser/waiting-shards.ts';
import type { Service } from './support/service.ts';

const BUCKETS = 64;
const WAITERS = 5000;

let chromium: Chromium;
let service: Service;
let shards: WaitingShards;
beforeAll(async () => {
  chromium = await Chromium.start();
}, 600_000);
afterEach(async () => {
  shards.leave();
  await service.kill();
});
afterAll(() => chromium.end());

test('64 buckets and 5 000 waiters: the page shows them right, live, and answers at once', async () => {
  service = await startDashboardService({
    MAX_CONCURRENCY: String(BUCKETS),
    MAX_WAITING: '8000',
    ...CLOSED_FOR_LONG,
  });
  shards = new WaitingShards(service);
  await closeBuckets(service, BUCKETS);
  const context = await chromium.browser.newContext();
  await DashboardTab.session(context, service.url, OPERATOR);
  const tab = await DashboardTab.open(context, service.url, '/bots/default/buckets');
  await tab.says('Live');
  // Shard by shard, so that bucket 0 has 79 of them and bucket 63 has 78.
  await shards.join(Array.from({ length: WAITERS }, (_, shard) => shard));
  await tab.showsDepth(0, '79');
  await tab.showsDepth(63, '78');

  await tab.page.getByRole('link', { name: 'Overview' }).click();
  await tab.shows('Overview');
  await tab.page.getByText('5,000', { exact: true }).first().waitFor();
  await tab.page.getByRole('textbox', { name: 'Find a shard by its number' }).fill('4999');
  await tab.page.keyboard.press('Enter');
  await tab.shows(/4999/);
  // 4999 % 64, and 78 before it.
  await tab.page
    .getByText(/bucket 7\b/)
    .first()
    .waitFor();
  await tab.goTo('/bots/default/buckets/7');
  await tab.says('Live');
  await tab.page.getByRole('button', { name: 'Pause bucket 7 of bot default' }).first().click();
  await tab.page.getByRole('dialog').getByLabel('Reason').fill('Too many');
  await tab.page.keyboard.press('Escape');
  await tab.page.getByRole('dialog').waitFor({ state: 'hidden' });

  await tab.page.getByRole('link', { name: 'Buckets', exact: true }).click();
  shards.leave(WAITERS - BUCKETS);
  await tab.showsDepth(0, '1');
  await tab.showsDepth(63, '1');
  expect(tab.complaints).toEqual([]);
});
