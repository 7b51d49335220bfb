import { expect, test } from 'vitest';

import {
  CLOSED_FOR_LONG,
  OPERATOR,
  pauseElsewhere,
  VIEWER,
} from '../support/browser/dashboard-service.ts';
import { closeBuckets } from '../support/browser/waiting-shards.ts';
import { V1Client } from '../support/v1/client.ts';
import { useDashboard } from '../support/browser/use-dashboard.ts';

const BUCKETS = '/bots/default/buckets';

const dashboard = useDashboard({ MAX_CONCURRENCY: '4', ...CLOSED_FOR_LONG });

test('the page follows the length of a line while shards join and leave', async () => {
  await closeBuckets(dashboard.service, 4);
  const tab = await dashboard.open(BUCKETS);
  await dashboard.shards.join([2, 6, 10]);
  await tab.showsDepth(2, '3');
  await dashboard.shards.join([14, 18]);
  await tab.showsDepth(2, '5');
  dashboard.shards.leave(4);
  await tab.showsDepth(2, '1');
  expect(tab.complaints).toEqual([]);
});

test('P7 a pause shows in another tab with operator and reason, and holds shards back, until it is resumed', async () => {
  const tab = await dashboard.open('/');
  const other = await dashboard.open(`${BUCKETS}/3`);
  const client = new V1Client(dashboard.service.url);

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

test('a dialog keeps its text while the page behind it changes', async () => {
  const tab = await dashboard.open(BUCKETS);
  await tab.page.getByRole('button', { name: 'Pause bot default' }).click();
  const dialog = tab.page.getByRole('dialog');
  await dialog.getByLabel('Reason').fill('half a sent');
  await closeBuckets(dashboard.service, 4);
  await dashboard.shards.join([1, 5, 9]);
  await tab.showsDepth(1, '3');
  expect(await dialog.getByLabel('Reason').inputValue()).toBe('half a sent');
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await dialog.waitFor({ state: 'hidden' });
});

test('a dialog keeps its text when the row that opened it is gone', async () => {
  await closeBuckets(dashboard.service, 4);
  await dashboard.shards.join([2, 6]);
  const tab = await dashboard.open(`${BUCKETS}/2`);
  const evict = tab.page.getByRole('button', { name: /^Evict shard 6 at position/ });
  await evict.click();
  const dialog = tab.page.getByRole('dialog');
  await dialog.getByLabel('Reason').fill('half a sent');
  dashboard.shards.leave(1);
  await evict.waitFor({ state: 'detached' });
  expect(await dialog.isVisible()).toBe(true);
  expect(await dialog.getByLabel('Reason').inputValue()).toBe('half a sent');
  // The waiter has left: the dialog says so and stays open.
  await dialog.getByRole('button', { name: 'Evict', exact: true }).click();
  await dialog.getByRole('alert').waitFor();
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await dialog.waitFor({ state: 'hidden' });
  expect(tab.complaints).toEqual([]);
});

test('a dialog keeps its text when another tab has done the same action meanwhile', async () => {
  await pauseElsewhere(dashboard.service, 'default/buckets/3', { reason: 'Looking into it' });
  const other = await dashboard.open('/');
  const tab = await dashboard.open(BUCKETS);
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
])('on %s a viewer sees what an operator sees, but can change nothing', async (view, content) => {
  await closeBuckets(dashboard.service, 4);
  await dashboard.shards.join([0, 4]);
  await pauseElsewhere(dashboard.service, 'default/buckets/3', { reason: 'Looking into it' });
  const shown = async (token: string): Promise<{ resume: number; all: number }> => {
    const { page } = await dashboard.open(view, token);
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
