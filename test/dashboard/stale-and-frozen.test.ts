import { expect, test } from 'vitest';

import { Relay } from '../support/relay.ts';
import { axeViolations } from '../support/browser/axe.ts';
import { CLOSED_FOR_LONG, OPERATOR } from '../support/browser/dashboard-service.ts';
import { DashboardTab } from '../support/browser/dashboard-tab.ts';
import { closeBuckets } from '../support/browser/waiting-shards.ts';
import { useDashboard } from '../support/browser/use-dashboard.ts';

const BUCKETS = '/bots/default/buckets';

const dashboard = useDashboard({ MAX_CONCURRENCY: '4', ...CLOSED_FOR_LONG });

test('a page whose stream is cut says that it is stale, reconnects by itself, and says that it is live again', async () => {
  const relay = await Relay.to(Number(new URL(dashboard.service.url).port));
  await relay.open();
  try {
    await closeBuckets(dashboard.service, 4);
    const url = `http://127.0.0.1:${relay.port}`;
    await DashboardTab.session(dashboard.context, url, OPERATOR);
    const tab = await DashboardTab.open(dashboard.context, url, BUCKETS);
    await tab.says('Live');
    await relay.close();
    await tab.says('Stale');
    await tab.page.getByText(/^Stale for .+ The page shows the state at/).waitFor();
    await dashboard.shards.join([3, 7]);
    await relay.open();
    await tab.says('Live');
    await tab.showsDepth(3, '2');
    expect(await tab.page.getByText(/^Stale for/).count()).toBe(0);
  } finally {
    await relay.close();
  }
});

test('a page notices a service that falls silent on an open connection', async () => {
  const tab = await dashboard.open('/');
  dashboard.service.signal('SIGSTOP');
  await tab.says('Stale');
  dashboard.service.signal('SIGCONT');
  await tab.says('Live');
  expect(tab.complaints).toEqual([]);
});

test('a frozen page does not change, and shows the present state afterwards', async () => {
  await closeBuckets(dashboard.service, 4);
  await dashboard.shards.join([2]);
  const tab = await dashboard.open(BUCKETS);
  const other = await dashboard.open(BUCKETS);
  await tab.showsDepth(2, '1');
  await tab.page.getByRole('switch', { name: 'Freeze' }).click();
  await tab.says('Frozen');
  await dashboard.shards.join([6, 10]);
  await other.showsDepth(2, '3');
  // Another change, so that the frozen page has had time to change by mistake.
  await dashboard.shards.join([14]);
  await other.showsDepth(2, '4');
  await tab.showsDepth(2, '1');
  await tab.page.getByRole('switch', { name: 'Freeze' }).click();
  await tab.showsDepth(2, '4');
  expect(tab.complaints).toEqual([]);
});

test('a page without live data says so and what to check, and continues by itself once data comes', async () => {
  await DashboardTab.session(dashboard.context, dashboard.service.url, OPERATOR);
  // Playwright cannot intercept the requests of a shared worker.
  await dashboard.context.addInitScript('delete globalThis.SharedWorker');
  await dashboard.context.route('**/api/v1/events', (route) => route.fulfill({ status: 503 }));
  const tab = await DashboardTab.open(dashboard.context, dashboard.service.url, '/');
  await tab.says('No answer');
  const bar = tab.page.getByText(/^No live data for \d+ s\./);
  expect(await bar.innerText()).toContain('Check that the service runs');
  expect(await axeViolations(tab.page)).toEqual([]);
  await dashboard.context.unroute('**/api/v1/events');
  await tab.says('Live');
  await tab.page.getByRole('region', { name: 'Bot default' }).waitFor();
});

test('a frozen page without a connection says both, and since when; the bar stays in sight while the page scrolls', async () => {
  await dashboard.newContext({ viewport: { width: 390, height: 500 } });
  const tab = await dashboard.open('/');
  await tab.page.getByRole('switch', { name: 'Freeze' }).click();
  await tab.says('Frozen');
  const frozenAt = /\d\d:\d\d:\d\d/.exec(
    await tab.page.getByText(/^Frozen at .+ Turn/).innerText(),
  )?.[0];
  dashboard.service.signal('SIGSTOP');
  await tab.says('Stale');
  await tab.says('Frozen');

  const bar = tab.page.getByText(/^Frozen at .+ Stale for/);
  expect(await bar.innerText()).toContain(`Frozen at ${frozenAt}.`);
  expect(await axeViolations(tab.page)).toEqual([]);
  await tab.page.evaluate('scrollTo(0, document.body.scrollHeight)');
  await expect.poll(async () => (await bar.boundingBox())?.y).toBeLessThan(100);
  expect((await bar.boundingBox())?.y).toBeGreaterThanOrEqual(0);
  dashboard.service.signal('SIGCONT');
});

test('the bar at the top does not cover the element that has the focus', async () => {
  await dashboard.newContext({ viewport: { width: 390, height: 500 } });
  const tab = await dashboard.open('/');
  const { page } = tab;
  await page.getByRole('switch', { name: 'Freeze' }).click();
  const bar = page.getByText(/^Frozen at .+ Turn/);
  await bar.waitFor();
  const button = page.getByRole('button', { name: 'Pause bot default' });
  // Now the button lies under the bar.
  const below = (await button.boundingBox())?.y ?? Infinity;
  await page.evaluate(`scrollBy(0, ${below - 10})`);
  await expect.poll(async () => (await button.boundingBox())?.y).toBeLessThan(11);
  await button.focus();
  const [covered, focused] = await Promise.all([bar.boundingBox(), button.boundingBox()]);
  expect(focused?.y).toBeGreaterThanOrEqual((covered?.y ?? Infinity) + (covered?.height ?? 0));
});

test('a frozen page shows the result of an action', async () => {
  const { page } = await dashboard.open('/');
  await page.getByRole('switch', { name: 'Freeze' }).click();
  await page.getByRole('button', { name: 'Pause bot default' }).click();
  await page.getByLabel('Reason').fill('Looking into it');
  await page.getByRole('dialog').getByRole('button', { name: 'Pause', exact: true }).click();
  await page.getByRole('region', { name: 'Pauses' }).getByText('“Looking into it”').waitFor();
  expect(await page.getByRole('button', { name: 'Pause bot default' }).count()).toBe(0);
});
