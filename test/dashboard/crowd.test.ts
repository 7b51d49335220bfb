import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';

import { Chromium } from '../support/browser/chromium.ts';
import {
  CLOSED_FOR_LONG,
  OPERATOR,
  startDashboardService,
} from '../support/browser/dashboard-service.ts';
import { DashboardTab } from '../support/browser/dashboard-tab.ts';
import { LongTasks } from '../support/browser/long-tasks.ts';
import { closeBuckets, WaitingShards } from '../support/browser/waiting-shards.ts';
import type { Service } from '../support/service/service.ts';
import { idOf, V1Client } from '../support/v1/client.ts';

const BUCKETS = 64;
const WAITERS = 5000;

/** The other eight buckets move: each has a permit a second. The shards of four of them confirm their permits. */
const CLOSED_BUCKETS = 56;
const CONFIRMING = [56, 57, 58, 59];

/** A task that blocks the page for this long, in ms, visibly freezes it. */
const FROZEN_MS = 1000;

/**
 * How often the page may freeze because the machine is busy. A task's duration is wall time, and the service and 5 000
 * connections run on the same processors. A page that is itself too slow would freeze each time that it shows the crowd,
 * which this test does many times.
 */
const BUSY_MACHINE = 1;

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

/** A shard that asks again as soon as it has confirmed its permit. Rejects once the service has ended. */
async function startAgainAndAgain(client: V1Client, shard: number): Promise<never> {
  for (;;) {
    const answer = await client.identify({ shard, confirm: true, priority: 'high' });
    if (answer.status === 200) await client.confirm(idOf(answer));
  }
}

test('with 64 buckets and 5 000 waiters the page shows the right counts, stays live and does not freeze', async () => {
  service = await startDashboardService({
    MAX_CONCURRENCY: String(BUCKETS),
    MAX_WAITING: '8000',
    ...CLOSED_FOR_LONG,
    IDENTIFY_INTERVAL_MS: '1000',
  });
  shards = new WaitingShards(service);
  await closeBuckets(service, CLOSED_BUCKETS);
  const context = await chromium.browser.newContext();
  const longTasks = await LongTasks.of(context);
  await DashboardTab.session(context, service.url, OPERATOR);
  const tab = await DashboardTab.open(context, service.url, '/bots/default/buckets');
  await tab.says('Live');
  // In the order of shards: bucket 0 gets 79 of them and bucket 55 gets 78. The last shard joins after all others.
  await shards.join(Array.from({ length: WAITERS - 1 }, (_, shard) => shard));
  await tab.showsDepth(7, '78');
  await shards.join([WAITERS - 1]);
  const client = new V1Client(service.url);
  for (const shard of CONFIRMING) startAgainAndAgain(client, shard).catch(() => undefined);
  await tab.showsDepth(0, '79');
  await tab.showsDepth(55, '78');

  await tab.page.getByRole('link', { name: 'Overview' }).click();
  await tab.shows('Overview');
  const bot = tab.page.getByRole('region', { name: 'Bot default' });
  // Fewer than 5 000, because the open buckets give permits meanwhile; 4 368 requests wait in closed buckets.
  await bot.getByText(/^4,[3-9]\d\d$/).waitFor();
  await tab.page.getByRole('link', { name: 'Activity' }).click();
  await tab.shows('Activity of default');
  for (const status of ['confirmed', 'granted']) {
    const row = tab.page
      .getByRole('row')
      .filter({ has: tab.page.getByText(status, { exact: true }) });
    await row.first().waitFor();
  }

  await tab.page.getByRole('textbox', { name: 'Find a shard by its number' }).fill('4999');
  await tab.page.keyboard.press('Enter');
  await tab.shows(/4999/);
  // 4999 % 64 is bucket 7, where 78 shards are ahead.
  await tab.page.getByText('Shard 4999 waits at position 79 of 79.').waitFor();
  await tab.goTo('/bots/default/buckets/7');
  await tab.says('Live');
  await tab.page.getByRole('button', { name: 'Pause bucket 7 of bot default' }).first().click();
  await tab.page.getByRole('dialog').getByLabel('Reason').fill('Too many');
  await tab.page.keyboard.press('Escape');
  await tab.page.getByRole('dialog').waitFor({ state: 'hidden' });

  await tab.page.getByRole('link', { name: 'Buckets', exact: true }).click();
  shards.leave(WAITERS - BUCKETS);
  await tab.showsDepth(0, '1');
  await tab.showsDepth(55, '1');
  expect(tab.complaints).toEqual([]);
  const frozen = await longTasks.ofAtLeast(FROZEN_MS, tab.page);
  expect(frozen.length, `${frozen.join(' ms, ')} ms`).toBeLessThanOrEqual(BUSY_MACHINE);
  // Proves that the observer works: it reports these tasks.
  for (let more = 0; more <= BUSY_MACHINE; more += 1) {
    await LongTasks.occupy(tab.page, FROZEN_MS);
  }
  const told = async (): Promise<number> =>
    (await longTasks.ofAtLeast(FROZEN_MS, tab.page)).length - frozen.length;
  await expect.poll(told, { timeout: 20_000 }).toBe(BUSY_MACHINE + 1);
});
