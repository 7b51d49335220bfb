import type { BrowserContext } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';

import { AdminClient } from '../support/admin/admin-client.ts';
import { Relay } from '../support/relay.ts';
import { axeViolations } from '../support/browser/axe.ts';
import { Chromium } from '../support/browser/chromium.ts';
import {
  CLOSED_FOR_LONG,
  OPERATOR,
  VIEWER,
  startDashboardService,
} from '../support/browser/dashboard-service.ts';
import { DashboardTab } from '../support/browser/dashboard-tab.ts';
import { closeBuckets, WaitingShards } from '../support/browser/waiting-shards.ts';
import type { Service } from '../support/service/service.ts';
import { V1Client } from '../support/v1/client.ts';

const BUCKETS = '/bots/default/buckets';

let chromium: Chromium;
let context: BrowserContext;
let service: Service;
let shards: WaitingShards;

beforeAll(async () => {
  chromium = await Chromium.start();
}, 600_000);
beforeEach(async () => {
  service = await startDashboardService({ MAX_CONCURRENCY: '4', ...CLOSED_FOR_LONG });
  shards = new WaitingShards(service);
  context = await chromium.browser.newContext();
});
afterEach(async () => {
  shards.leave();
  await context.close();
  await service.kill();
});
afterAll(() => chromium.end());

function open(view: string, token = OPERATOR): Promise<DashboardTab> {
  return DashboardTab.live(context, service.url, view, token);
}

/** By somebody who uses the API. */
async function pauseBucket3(): Promise<void> {
  const api = AdminClient.with({ authorization: `Bearer ${OPERATOR}` }, service);
  const { status } = await api.put(`${BUCKETS}/3/pause`, { reason: 'Looking into it' });
  expect(status).toBe(200);
}

test('the depth of a line is seen to change while shards come and go', async () => {
  await closeBuckets(service, 4);
  const tab = await open(BUCKETS);
  await shards.join([2, 6, 10]);
  await tab.showsDepth(2, '3');
  await shards.join([14, 18]);
  await tab.showsDepth(2, '5');
  shards.leave(4);
  await tab.showsDepth(2, '1');
  expect(tab.complaints).toEqual([]);
});

test('P7 a pause is seen in another tab, with who and why, and by the shards; so is its end', async () => {
  const tab = await open('/');
  const other = await open(`${BUCKETS}/3`);
  const client = new V1Client(service.url);

  await other.page.getByRole('button', { name: 'Pause bucket 3 of bot default' }).click();
  const dialog = other.page.getByRole('dialog', { name: 'Pause bucket 3 of bot default' });
  await dialog.getByLabel('Reason').fill('Looking into invalid sessions');
  await dialog.getByLabel('For how long').selectOption('15 minutes');
  await dialog.getByRole('button', { name: 'Pause', exact: true }).click();
  await dialog.waitFor({ state: 'hidden' });
  expect(await client.identify({ shard: 3, maxWaitMs: 100 })).toMatchObject({
    status: 429,
    body: { reason: 'paused' },
  });
  const banner = tab.page.getByRole('region', { name: 'Pauses' });
  await banner.getByText('“Looking into invalid sessions”, by kim').waitFor();
  expect(await banner.innerText()).toMatch(
    /Paused: bucket 3 of bot default\..+until .+\(in 1[45] min/s,
  );

  const held = client.identify({ shard: 3, maxWaitMs: 60_000 });
  await tab.page.getByRole('button', { name: 'Resume bucket 3 of bot default' }).first().click();
  await tab.page.getByRole('dialog').getByRole('button', { name: 'Resume', exact: true }).click();
  expect(await held).toMatchObject({ status: 200, body: { shard: 3 } });
  for (const { page } of [tab, other]) {
    await page.getByRole('region', { name: 'Pauses' }).waitFor({ state: 'detached' });
  }
  expect([...tab.complaints, ...other.complaints]).toEqual([]);
});

test('a dialog stays as it is while everything behind it changes', async () => {
  const tab = await open(BUCKETS);
  await tab.page.getByRole('button', { name: 'Pause bot default' }).click();
  const dialog = tab.page.getByRole('dialog');
  await dialog.getByLabel('Reason').fill('half a sent');
  await closeBuckets(service, 4);
  await shards.join([1, 5, 9]);
  await tab.showsDepth(1, '3');
  expect(await dialog.getByLabel('Reason').inputValue()).toBe('half a sent');
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await dialog.waitFor({ state: 'hidden' });
});

test('a dialog stays with what was typed when that has gone from which it was opened', async () => {
  await closeBuckets(service, 4);
  await shards.join([2, 6]);
  const tab = await open(`${BUCKETS}/2`);
  const evict = tab.page.getByRole('button', { name: /^Evict shard 6 at position/ });
  await evict.click();
  const dialog = tab.page.getByRole('dialog');
  await dialog.getByLabel('Reason').fill('half a sent');
  shards.leave(1);
  await evict.waitFor({ state: 'detached' });
  expect(await dialog.isVisible()).toBe(true);
  expect(await dialog.getByLabel('Reason').inputValue()).toBe('half a sent');
  // Whom it was for has left: that is said, and the dialog stays.
  await dialog.getByRole('button', { name: 'Evict', exact: true }).click();
  await dialog.getByRole('alert').waitFor();
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await dialog.waitFor({ state: 'hidden' });
  expect(tab.complaints).toEqual([]);
});

test('a dialog stays with what was typed when another tab has done the same meanwhile', async () => {
  await pauseBucket3();
  const other = await open('/');
  const tab = await open(BUCKETS);
  const resume = { name: 'Resume bucket 3 of bot default' };
  await tab.page.getByRole('button', resume).first().click();
  const dialog = tab.page.getByRole('dialog');
  await dialog.getByLabel('Reason').fill('half a sent');
  await other.page.getByRole('button', resume).first().click();
  await other.page.getByRole('dialog').getByRole('button', { name: 'Resume', exact: true }).click();
  await tab.page.getByRole('region', { name: 'Pauses' }).waitFor({ state: 'detached' });
  expect(await dialog.isVisible()).toBe(true);
  expect(await dialog.getByLabel('Reason').inputValue()).toBe('half a sent');
  expect([...tab.complaints, ...other.complaints]).toEqual([]);
});

test.each([
  ['/', 'Bot default'],
  [BUCKETS, 'Bucket #0 2'],
  [`${BUCKETS}/0`, 'Waiters'],
  ['/bots/default/shards/4', 'Waiters'],
])('on %s a viewer sees what an operator sees, and is offered no change', async (view, content) => {
  await closeBuckets(service, 4);
  await shards.join([0, 4]);
  await pauseBucket3();
  const shown = async (token: string): Promise<{ resume: number; all: number }> => {
    const { page } = await open(view, token);
    const seen = page.getByRole(view === BUCKETS ? 'link' : 'region', { name: content });
    await seen.first().waitFor();
    const banner = page.getByRole('region', { name: 'Pauses' });
    await banner.getByText('Paused: bucket 3 of bot default.').waitFor();
    const buttons = (name: RegExp): Promise<number> => page.getByRole('button', { name }).count();
    return {
      resume: await buttons(/^resume/i),
      all: await buttons(/^(pause|resume|refresh|override|lift|evict)/i),
    };
  };
  const operator = await shown(OPERATOR);
  expect(operator.resume).toBeGreaterThan(0);
  expect(operator.all).toBeGreaterThanOrEqual(operator.resume);
  expect(await shown(VIEWER)).toEqual({ resume: 0, all: 0 });
});

test('when the stream is cut the page says that it is stale, goes on by itself, and says that, too', async () => {
  const relay = await Relay.to(Number(new URL(service.url).port));
  await relay.open();
  try {
    await closeBuckets(service, 4);
    const url = `http://127.0.0.1:${relay.port}`;
    await DashboardTab.session(context, url, OPERATOR);
    const tab = await DashboardTab.open(context, url, BUCKETS);
    await tab.says('Live');
    await relay.close();
    await tab.says('Stale');
    await tab.page.getByText(/^Stale for .+ The page shows the state at/).waitFor();
    await shards.join([3, 7]);
    await relay.open();
    await tab.says('Live');
    await tab.showsDepth(3, '2');
    expect(await tab.page.getByText(/^Stale for/).count()).toBe(0);
  } finally {
    await relay.close();
  }
});

test('a service that falls silent is noticed, though the connection stands', async () => {
  const tab = await open('/');
  service.signal('SIGSTOP');
  await tab.says('Stale');
  service.signal('SIGCONT');
  await tab.says('Live');
  expect(tab.complaints).toEqual([]);
});

test('a frozen page stands still, and catches up afterwards', async () => {
  await closeBuckets(service, 4);
  await shards.join([2]);
  const tab = await open(BUCKETS);
  const other = await open(BUCKETS);
  await tab.showsDepth(2, '1');
  await tab.page.getByRole('switch', { name: 'Freeze' }).click();
  await tab.says('Frozen');
  await shards.join([6, 10]);
  await other.showsDepth(2, '3');
  // Once more, so that the frozen one had the time to be wrong in.
  await shards.join([14]);
  await other.showsDepth(2, '4');
  await tab.showsDepth(2, '1');
  await tab.page.getByRole('switch', { name: 'Freeze' }).click();
  await tab.showsDepth(2, '4');
  expect(tab.complaints).toEqual([]);
});

test('as long as no live state comes the page says so, and what to check; then it goes on by itself', async () => {
  await DashboardTab.session(context, service.url, OPERATOR);
  // What a shared worker asks for is not to be intercepted.
  await context.addInitScript('delete globalThis.SharedWorker');
  await context.route('**/api/v1/events', (route) => route.fulfill({ status: 503 }));
  const tab = await DashboardTab.open(context, service.url, '/');
  await tab.says('No answer');
  const bar = tab.page.getByText(/^No live data for \d+ s\./);
  expect(await bar.innerText()).toContain('Check that the service runs');
  expect(await axeViolations(tab.page)).toEqual([]);
  await context.unroute('**/api/v1/events');
  await tab.says('Live');
  await tab.page.getByRole('region', { name: 'Bot default' }).waitFor();
});

test('a frozen page that is cut off says both, and of when it is; a cut is seen wherever one has scrolled to', async () => {
  await context.close();
  context = await chromium.browser.newContext({ viewport: { width: 390, height: 500 } });
  const tab = await open('/');
  await tab.page.getByRole('switch', { name: 'Freeze' }).click();
  await tab.says('Frozen');
  const frozenAt = /\d\d:\d\d:\d\d/.exec(
    await tab.page.getByText(/^Frozen at .+ Turn/).innerText(),
  )?.[0];
  service.signal('SIGSTOP');
  await tab.says('Stale');
  await tab.says('Frozen');

  const bar = tab.page.getByText(/^Frozen at .+ Stale for/);
  expect(await bar.innerText()).toContain(`Frozen at ${frozenAt}.`);
  expect(await axeViolations(tab.page)).toEqual([]);
  await tab.page.evaluate('scrollTo(0, document.body.scrollHeight)');
  await expect.poll(async () => (await bar.boundingBox())?.y).toBeLessThan(100);
  expect((await bar.boundingBox())?.y).toBeGreaterThanOrEqual(0);
  service.signal('SIGCONT');
});

test('what has the focus is not covered by what stays at the top', async () => {
  await context.close();
  context = await chromium.browser.newContext({ viewport: { width: 390, height: 500 } });
  const tab = await open('/');
  const { page } = tab;
  await page.getByRole('switch', { name: 'Freeze' }).click();
  const bar = page.getByText(/^Frozen at .+ Turn/);
  await bar.waitFor();
  const button = page.getByRole('button', { name: 'Pause bot default' });
  // Now it lies under what stays at the top.
  const below = (await button.boundingBox())?.y ?? Infinity;
  await page.evaluate(`scrollBy(0, ${below - 10})`);
  await expect.poll(async () => (await button.boundingBox())?.y).toBeLessThan(11);
  await button.focus();
  const [covered, focused] = await Promise.all([bar.boundingBox(), button.boundingBox()]);
  expect(focused?.y).toBeGreaterThanOrEqual((covered?.y ?? Infinity) + (covered?.height ?? 0));
});

test('who changes something on a frozen page sees what came of it', async () => {
  const { page } = await open('/');
  await page.getByRole('switch', { name: 'Freeze' }).click();
  await page.getByRole('button', { name: 'Pause bot default' }).click();
  await page.getByLabel('Reason').fill('Looking into it');
  await page.getByRole('dialog').getByRole('button', { name: 'Pause', exact: true }).click();
  await page.getByRole('region', { name: 'Pauses' }).getByText('“Looking into it”').waitFor();
  expect(await page.getByRole('button', { name: 'Pause bot default' }).count()).toBe(0);
});
