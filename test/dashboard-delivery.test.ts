import { request } from 'node:http';

import { afterEach, expect, test } from 'vitest';

import { Chromium } from './support/browser/chromium.ts';
import { VIEWER, startDashboardService } from './support/browser/dashboard-service.ts';
import { DashboardTab } from './support/browser/dashboard-tab.ts';
import type { Service } from './support/service.ts';

/** What the first load may weigh, in bytes as they are sent. */
const MOST_BYTES = 250_000;

let service: Service | undefined;
let chromium: Chromium | undefined;
afterEach(async () => {
  await chromium?.end();
  await service?.kill();
});

test('the first load weighs less than 250 kB, comes from the service alone, and its policy forbids nothing of it', async () => {
  service = await startDashboardService();
  chromium = await Chromium.start();
  const context = await chromium.browser.newContext();
  // For an operator the dialogs follow, once the page is there.
  await DashboardTab.session(context, service.url, VIEWER);
  const tab = await DashboardTab.open(context, service.url);
  await tab.says('Live');
  await tab.page.waitForLoadState('load');
  expect(tab.complaints).toEqual([]);

  const { url } = service;
  const requested = await chromium.end();
  chromium = undefined;
  expect(requested.filter((address) => !address.startsWith(`${url}/`))).toEqual([]);
  const files = new Set(requested.filter((address) => address.startsWith(`${url}/dashboard/`)));
  // The page itself, which no page asks for.
  files.add(`${url}/dashboard/`);
  const weights = await Promise.all([...files].map(weightOf));
  expect(weights.length).toBeGreaterThan(3);
  expect(weights.reduce((sum, weight) => sum + weight, 0)).toBeLessThan(MOST_BYTES);
}, 600_000);

/** Header and body, in bytes, as a browser is sent them. */
function weightOf(url: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const headers = { 'accept-encoding': 'gzip, deflate, br, zstd' };
    const asking = request(url, { headers, agent: false }, (response) => {
      response.once('end', () => resolve(response.socket.bytesRead));
      response.once('error', reject).resume();
    });
    asking.once('error', reject).end();
  });
}
