import { setTimeout as sleep } from 'node:timers/promises';

import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';

import { Chromium } from './support/browser/chromium.ts';
import { OPERATOR, VIEWER, startDashboardService } from './support/browser/dashboard-service.ts';
import { DashboardTab } from './support/browser/dashboard-tab.ts';
import { monotonicNow } from './support/discord/index.ts';
import type { Service } from './support/service.ts';

/** How long snapshots are counted, ms; not a bound of anything. */
const COUNTED_MS = 8000;

let chromium: Chromium;
let service: Service;
beforeAll(async () => {
  chromium = await Chromium.start();
}, 600_000);
beforeEach(async () => {
  service = await startDashboardService({ MAX_CONCURRENCY: '16' });
});
afterEach(() => service.kill());
afterAll(async () => {
  await chromium.end();
});

/** How many snapshots the service has made, and when it said so. */
async function snapshots(): Promise<{ made: number; at: number }> {
  const headers = { authorization: `Bearer ${OPERATOR}` };
  const answer = await fetch(`${service.url}/api/v1/state`, { headers });
  const { version }: { version: number } = JSON.parse(await answer.text());
  return { made: version, at: monotonicNow() };
}

test('however many look, the service makes one snapshot a second', async () => {
  const contexts = await Promise.all([0, 1, 2].map(() => chromium.browser.newContext()));
  for (const [index, context] of contexts.entries()) {
    await DashboardTab.session(context, service.url, index === 0 ? OPERATOR : VIEWER);
    for (const view of ['/', '/bots/default/buckets', '/replicas']) {
      await (await DashboardTab.open(context, service.url, view)).says('Live');
    }
  }
  const before = await snapshots();
  await sleep(COUNTED_MS);
  const after = await snapshots();
  await Promise.all(contexts.map((context) => context.close()));

  const seconds = (after.at - before.at) / 1000;
  const made = after.made - before.made;
  // Each asking itself may have one made.
  expect(made).toBeLessThanOrEqual(seconds + 2);
  expect(made).toBeGreaterThan(1);
});

test('the tabs of a browser share one stream of events', async () => {
  const context = await chromium.browser.newContext();
  await DashboardTab.session(context, service.url, VIEWER);
  for (const view of ['/', '/bots/default/buckets', '/replicas', '/audit']) {
    await (await DashboardTab.open(context, service.url, view)).says('Live');
  }
  await context.close();
  const streams = (await chromium.end()).filter((url) => url === `${service.url}/api/v1/events`);
  chromium = await Chromium.start();
  expect(streams).toHaveLength(1);
});
