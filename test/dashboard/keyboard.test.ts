import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';

import { Chromium } from '../support/browser/chromium.ts';
import {
  CLOSED_FOR_LONG,
  OPERATOR,
  startDashboardService,
} from '../support/browser/dashboard-service.ts';
import { DashboardTab } from '../support/browser/dashboard-tab.ts';
import { tabTo } from '../support/browser/keyboard.ts';
import { closeBuckets, WaitingShards } from '../support/browser/waiting-shards.ts';
import type { Service } from '../support/service/service.ts';
import { V1Client } from '../support/v1/client.ts';

let chromium: Chromium;
let service: Service;
let shards: WaitingShards;
let client: V1Client;
let tab: DashboardTab;

beforeAll(async () => {
  chromium = await Chromium.start();
}, 600_000);
beforeEach(async () => {
  service = await startDashboardService({ MAX_CONCURRENCY: '4', ...CLOSED_FOR_LONG });
  shards = new WaitingShards(service);
  client = new V1Client(service.url);
  const context = await chromium.browser.newContext();
  tab = await DashboardTab.open(context, service.url);
});
afterEach(async () => {
  shards.leave();
  await tab.page.context().close();
  await service.kill();
});
afterAll(() => chromium.end());

const press = (key: string): Promise<void> => tab.page.keyboard.press(key);
const type = (text: string): Promise<void> => tab.page.keyboard.type(text);

async function logIn(): Promise<void> {
  await tab.tokenField.waitFor();
  await tabTo(tab.page, 'textbox', 'Token');
  await type(OPERATOR);
  await press('Enter');
  await tab.says('Live');
}

/** The API's reason why shard 2 has no permit. */
async function reasonOfShard2(): Promise<unknown> {
  return (await client.identify({ shard: 2, maxWaitMs: 100 })).body?.['reason'];
}

test('by keyboard alone: log in, pause a bot and resume it, see a line, evict a waiter, log out', async () => {
  await logIn();
  await tabTo(tab.page, 'button', 'Pause bot default');
  await press('Enter');
  await tab.page.getByRole('dialog').waitFor();
  // The field of the reason has the focus.
  await type('Looking into it');
  await tabTo(tab.page, 'button', 'Pause');
  await press('Enter');
  await tab.page.getByRole('dialog').waitFor({ state: 'hidden' });
  expect(await reasonOfShard2()).toBe('paused');

  await tab.page.getByRole('button', { name: 'Resume bot default' }).first().waitFor();
  await tabTo(tab.page, 'button', 'Resume bot default');
  await press('Enter');
  await tab.page.getByRole('dialog').waitFor();
  await press('Tab');
  await tabTo(tab.page, 'button', 'Resume');
  await press('Enter');
  await tab.page.getByRole('dialog').waitFor({ state: 'hidden' });
  expect((await client.identify({ shard: 2, confirm: true })).status).toBe(200);

  await shards.join([6]);
  await tabTo(tab.page, 'link', 'Buckets');
  await press('Enter');
  await tab.showsDepth(2, '1');
  await tabTo(tab.page, 'link', 'Bucket #2 1');
  await press('Enter');
  await tab.shows('Bucket 2');
  await tab.page.getByRole('button', { name: 'Evict shard 6 at position 1' }).waitFor();
  await tabTo(tab.page, 'button', 'Evict shard 6 at position 1');
  await press('Enter');
  await tab.page.getByRole('dialog').waitFor();
  await tabTo(tab.page, 'button', 'Evict');
  await press('Enter');
  await tab.page.getByText('No request waits here').waitFor();

  await tabTo(tab.page, 'button', 'Log out kim');
  await press('Enter');
  await tab.tokenField.waitFor();
});

test('by keyboard alone: search a shard, cancel a dialog, and be back at its button', async () => {
  await closeBuckets(service, 4);
  await shards.join([6]);
  await logIn();
  await press('Control+k');
  await type('6');
  await press('Enter');
  await tab.shows('Shard 6');
  await tab.page.getByText('Shard 6 waits at position 1 of 1.').waitFor();

  await tabTo(tab.page, 'button', 'Evict shard 6 at position 1');
  await press('Enter');
  await tab.page.getByRole('dialog').waitFor();
  await press('Escape');
  await tab.page.getByRole('dialog').waitFor({ state: 'hidden' });
  expect(await tab.page.locator(':focus').ariaSnapshot()).toContain('Evict shard 6 at position 1');
});

test('by keyboard alone: freeze and unfreeze, sort the table of buckets, and skip to the content', async () => {
  await closeBuckets(service, 4);
  await shards.join([1, 5, 9, 3]);
  await logIn();
  await tabTo(tab.page, 'switch', 'Freeze');
  await press('Space');
  await tab.says('Frozen');
  await press('Space');
  await tab.says('Live');
  await tab.goTo('/bots/default/buckets');
  await tab.showsDepth(1, '3');
  await tabTo(tab.page, 'radio', 'Grid');
  await press('ArrowRight');
  await tab.page.getByRole('table').waitFor();
  await tabTo(tab.page, 'button', 'Waiting');
  await press('Enter');
  const sorted = tab.page.getByRole('columnheader', { name: 'Waiting' });
  expect(await sorted.getAttribute('aria-sort')).toBe('descending');
  const first = tab.page.getByRole('row').nth(1);
  expect(await first.innerText()).toMatch(/^1\s+3\s/);

  await tab.goTo('/audit');
  await tab.says('Live');
  await press('Tab');
  expect(await tab.page.locator(':focus').innerText()).toBe('Skip to the content');
  await press('Enter');
  expect(await tab.page.locator(':focus').getAttribute('id')).toBe('main');
});
