import type { BrowserContext } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { axeViolations } from './support/browser/axe.ts';
import { Chromium } from './support/browser/chromium.ts';
import {
  CLOSED_FOR_LONG,
  OPERATOR,
  startDashboardService,
} from './support/browser/dashboard-service.ts';
import { DashboardTab } from './support/browser/dashboard-tab.ts';
import { closeBuckets, WaitingShards } from './support/browser/waiting-shards.ts';
import type { Service } from './support/service.ts';

const VIEWS = [
  '/',
  '/bots/default/buckets',
  '/bots/default/buckets?show=paused',
  '/bots/default/buckets/2',
  '/bots/default/shards/6',
  '/bots/default/shards/77',
  '/bots/default/activity',
  '/replicas',
  '/audit',
  '/nowhere',
];

/** Views, and the buttons that open dialogs there. */
const DIALOGS = [
  ['/', 'Pause bot default'],
  ['/', 'Refresh the limits of bot default'],
  ['/bots/default/buckets', 'Resume bucket 3 of bot default'],
  ['/bots/default/buckets/2', 'Evict shard 6 at position'],
] as const;

const LOOKS = [
  { colorScheme: 'light', viewport: { width: 1280, height: 900 } },
  { colorScheme: 'dark', viewport: { width: 1280, height: 900 } },
  { colorScheme: 'light', viewport: { width: 390, height: 844 } },
] as const;

let chromium: Chromium;
let service: Service;
let shards: WaitingShards;

beforeAll(async () => {
  chromium = await Chromium.start();
  service = await startDashboardService({ MAX_CONCURRENCY: '4', ...CLOSED_FOR_LONG });
  await closeBuckets(service, 4);
  shards = new WaitingShards(service);
  await shards.join([0, 1, 2, 4, 6, 10, 14]);
  const headers = { authorization: `Bearer ${OPERATOR}`, 'content-type': 'application/json' };
  for (const bucket of [1, 3]) {
    const answer = await fetch(`${service.url}/api/v1/bots/default/buckets/${bucket}/pause`, {
      method: 'PUT',
      headers,
      body: JSON.stringify({ reason: 'Looking into it', durationMs: 3_600_000 }),
    });
    if (!answer.ok) throw new Error(`The pause was answered ${answer.status}`);
  }
}, 600_000);
afterAll(async () => {
  shards.leave();
  await chromium.end();
  await service.kill();
});

describe.each(LOOKS)('axe finds nothing, $colorScheme, $viewport.width px wide', (look) => {
  let context: BrowserContext;
  beforeAll(async () => {
    context = await chromium.browser.newContext({ ...look, reducedMotion: 'reduce' });
  });
  afterAll(() => context.close());

  test('at the login, also after a wrong token', async () => {
    const tab = await DashboardTab.open(context, service.url, '/login');
    await tab.shows('gateway-queue');
    expect(await axeViolations(tab.page)).toEqual([]);
    await tab.logIn('not-a-token-of-anybody');
    await tab.page.getByRole('alert').waitFor();
    expect(await axeViolations(tab.page)).toEqual([]);
    await DashboardTab.session(context, service.url, OPERATOR);
  });

  test.each(VIEWS)('at %s', async (view) => {
    const tab = await DashboardTab.open(context, service.url, view);
    await tab.says('Live');
    await tab.page.getByRole('heading', { level: 1 }).waitFor();
    expect(await axeViolations(tab.page)).toEqual([]);
    expect(tab.complaints).toEqual([]);
    await tab.page.close();
  });

  test.each(DIALOGS)('at %s, in the dialog of "%s"', async (view, name) => {
    const tab = await DashboardTab.open(context, service.url, view);
    await tab.page.getByRole('button', { name }).first().click();
    await tab.page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).waitFor();
    expect(await axeViolations(tab.page)).toEqual([]);
    expect(tab.complaints).toEqual([]);
    await tab.page.close();
  });
});
