import { request } from 'node:http';

import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';

import { CONTENT_SECURITY_POLICY } from '../../apps/dashboard/content-security-policy.ts';
import { Chromium } from '../support/browser/chromium.ts';
import { VIEWER, startDashboardService } from '../support/browser/dashboard-service.ts';
import { DashboardTab } from '../support/browser/dashboard-tab.ts';
import { askFor } from '../support/http/held-request.ts';
import type { Service } from '../support/service/service.ts';

/** The maximum size of the first load, in bytes as they are sent, header fields included. */
const MAX_BYTES = 250_000;

let service: Service;
let chromium: Chromium | undefined;
beforeAll(async () => {
  service = await startDashboardService();
}, 600_000);
afterEach(async () => {
  await chromium?.end();
  chromium = undefined;
});
afterAll(() => service.kill());

test('the first load with its chart has less than 250 kB, comes from the service alone, and obeys the policy', async () => {
  for (const shard of [0, 1, 2])
    expect((await askFor(service.url, shard).answer)?.status).toBe(200);
  chromium = await Chromium.start();
  const context = await chromium.browser.newContext();
  // As a viewer: the page of an operator loads the dialogs as well, after the first load.
  await DashboardTab.session(context, service.url, VIEWER);
  const tab = await DashboardTab.open(context, service.url);
  await tab.says('Live');
  await tab.page.locator('.recharts-surface').waitFor();
  expect(tab.complaints).toEqual([]);

  const { url } = service;
  const requested = await chromium.end();
  chromium = undefined;
  expect(requested.filter((address) => !address.startsWith(`${url}/`))).toEqual([]);
  const files = new Set(requested.filter((address) => address.startsWith(`${url}/dashboard/`)));
  // The log misses two: the page itself, which no page requests, and its icon, which a headless browser does not request.
  for (const name of ['', 'icon.svg']) files.add(`${url}/dashboard/${name}`);
  const names = [...files].join('\n');
  for (const part of ['index', 'overview', 'ThroughputChart', 'feed-worker']) {
    expect(names).toMatch(new RegExp(`/assets/${part}-[\\w-]+[.]js`));
  }
  const weights = await Promise.all([...files].map(weightOf));
  expect(weights.reduce((sum, weight) => sum + weight, 0)).toBeLessThan(MAX_BYTES);
}, 600_000);

test('the page and its files have the same policy that vite preview sends', async () => {
  const page = await (await fetch(`${service.url}/dashboard/`)).text();
  const [, script = ''] = /src="(\/dashboard\/assets\/[^"]+[.]js)"/.exec(page) ?? [];
  expect(script).not.toBe('');
  for (const path of ['/dashboard/', '/dashboard/bots/default/buckets', script]) {
    const { headers, status } = await fetch(`${service.url}${path}`, { method: 'HEAD' });
    expect(status).toBe(200);
    expect(headers.get('content-security-policy')).toBe(CONTENT_SECURITY_POLICY);
  }
});

test('a page whose files cannot be loaded says so, and says what to do', async () => {
  chromium = await Chromium.start();
  const context = await chromium.browser.newContext();
  await context.route('**/assets/index-*.js', (route) => route.abort());
  const { page } = await DashboardTab.open(context, service.url);
  const text = page.getByRole('main');
  await text.getByText(/some of its files could not be loaded/).waitFor();
  expect(await text.innerText()).toMatch(/restart it/);
});

/** The bytes of header and body of an answer with gzip. Over plain HTTP browsers do not accept brotli. */
function weightOf(url: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const headers = { 'accept-encoding': 'gzip, deflate' };
    const sent = request(url, { headers, agent: false }, (response) => {
      response.once('end', () => resolve(response.socket.bytesRead));
      response.once('error', reject).resume();
    });
    sent.once('error', reject).end();
  });
}
