import { expect, test } from 'vitest';

import { OPERATOR, pauseElsewhere } from '../support/browser/dashboard-service.ts';
import { DashboardTab } from '../support/browser/dashboard-tab.ts';
import { useDashboard } from '../support/browser/use-dashboard.ts';

const BUCKETS = '/bots/default/buckets';
/** More entries than fit on one page of the audit log. */
const CHANGES = 60;

const dashboard = useDashboard({ MAX_CONCURRENCY: '64' });

function pauseBucket(bucket: number): Promise<void> {
  return pauseElsewhere(dashboard.service, `default/buckets/${bucket}`, {
    reason: `For ${bucket}`,
  });
}

test('the choice of buckets is in the address, and follows it', async () => {
  await pauseBucket(7);
  const tab = await dashboard.open(`${BUCKETS}?show=paused`);
  const tiles = tab.page.getByRole('list', { name: 'Buckets' }).getByRole('link');
  await tiles.first().waitFor();
  expect(await tiles.count()).toBe(1);
  const choice = tab.page.getByLabel('Which buckets');
  await choice.selectOption('All buckets');
  expect(tab.view).toBe(BUCKETS);
  expect(await tiles.count()).toBe(64);
  await choice.selectOption('Paused');
  expect(tab.view).toBe(`${BUCKETS}?show=paused`);
  await tab.page.reload();
  await tiles.first().waitFor();
  expect(await tiles.count()).toBe(1);
  // The link in the navigation shows all buckets again.
  await tab.page.getByRole('link', { name: 'Buckets', exact: true }).click();
  await tab.page.getByRole('link', { name: 'Bucket #63 0' }).waitFor();
});

test("the audit log's filter and page are in the address, and survive a login", async () => {
  for (let bucket = 0; bucket < CHANGES; bucket += 1) await pauseBucket(bucket);
  const tab = await dashboard.open('/audit');
  const rows = tab.page.getByRole('region', { name: 'Audit log' }).getByRole('row');
  await tab.page.getByLabel('Operator').fill('kim');
  await tab.page.waitForURL('**/audit?by=kim');
  await tab.page.getByLabel('Action').selectOption('pause');
  await tab.page.waitForURL('**/audit?action=pause&by=kim');
  await tab.page.getByRole('button', { name: 'Older' }).click();
  await tab.page.getByText('bot default, bucket 0', { exact: true }).waitFor();
  expect(tab.view).toMatch(/^\/audit\?action=pause&by=kim&before=\d+$/);

  const { view } = tab;
  await dashboard.context.clearCookies();
  await tab.page.reload();
  await tab.logIn(OPERATOR);
  await tab.page.getByText('bot default, bucket 0', { exact: true }).waitFor();
  expect(tab.view).toBe(view);
  expect(await tab.page.getByLabel('Operator').inputValue()).toBe('kim');
  // Including the row of headers.
  expect(await rows.count()).toBe(CHANGES - 50 + 1);
  await tab.page.getByRole('button', { name: 'Newer' }).click();
  await tab.page.getByText(`bot default, bucket ${CHANGES - 1}`, { exact: true }).waitFor();
  await tab.page.getByRole('link', { name: 'Audit' }).click();
  await rows.getByText('login', { exact: true }).first().waitFor();
  expect(await tab.page.getByLabel('Operator').inputValue()).toBe('');
  expect(tab.complaints).toEqual([]);
});

test('the back button returns to the scroll position, and a new page starts at its top', async () => {
  const tab = await dashboard.open(BUCKETS);
  await tab.page.setViewportSize({ width: 390, height: 500 });
  const last = tab.page.getByRole('link', { name: 'Bucket #63 0' });
  await last.scrollIntoViewIfNeeded();
  const place: number = await tab.page.evaluate('scrollY');
  expect(place).toBeGreaterThan(300);
  await last.click();
  await tab.shows('Bucket 63');
  expect(await tab.page.evaluate('scrollY')).toBe(0);
  await tab.page.goBack();
  await last.waitFor();
  await tab.page.waitForFunction(`Math.abs(scrollY - ${place}) < 50`);
});

test('the login page does not ask a user with a session for a token', async () => {
  await DashboardTab.session(dashboard.context, dashboard.service.url, OPERATOR);
  const tab = await DashboardTab.open(
    dashboard.context,
    dashboard.service.url,
    '/login?from=%2Faudit',
  );
  await tab.shows('Audit');
  expect(tab.view).toBe('/audit');
});
