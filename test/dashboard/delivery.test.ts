import { request } from 'node:http';

import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';

import { CONTENT_SECURITY_POLICY } from '../../apps/dashboard/content-security-policy.ts';
import { Chromium } from '../support/browser/chromium.ts';
import { VIEWER, startDashboardService } from '../support/browser/dashboard-service.ts';
import { DashboardTab } from '../support/browser/dashboard-tab.ts';
import { askFor } from '../support/http/held-request.ts';
import type { Service } from '../support/service/service.ts';

/** What the first load may weigh, in bytes as they are sent, header fields and all. */
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

test('the first load, with its chart, weighs less than 250 kB, comes from the service alone, and its policy forbids nothing of it', async () => {
  for (const shard of [0, 1, 2])
    expect((await askFor(service.url, shard).answer)?.status).toBe(200);
  chromium = await Chromium.start();
  const context = await chromium.browser.newContext();
  // For an operator the dialogs follow, once the page is there.
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
  // The page itself, which no page asks for, and its icon, which a browser without a screen does not ask for.
  for (const name of ['', 'icon.svg']) files.add(`${url}/dashboard/${name}`);
  const names = [...files].join('\n');
  for (const part of ['index', 'overview', 'ThroughputChart', 'feed-worker']) {
    expect(names).toMatch(new RegExp(`/assets/${part}-[\\w-]+[.]js`));
  }
  const weights = await Promise.all([...files].map(weightOf));
  expect(weights.reduce((sum, weight) => sum + weight, 0)).toBeLessThan(MAX_BYTES);
}, 600_000);

test('the page, its views and its files come with the policy that vite preview sends as well', async () => {
  const page = await (await fetch(`${service.url}/dashboard/`)).text();
  const [, script = ''] = /src="(\/dashboard\/assets\/[^"]+[.]js)"/.exec(page) ?? [];
  expect(script).not.toBe('');
  for (const path of ['/dashboard/', '/dashboard/bots/default/buckets', script]) {
    const { headers, status } = await fetch(`${service.url}${path}`, { method: 'HEAD' });
    expect(status).toBe(200);
    expect(headers.get('content-security-policy')).toBe(CONTENT_SECURITY_POLICY);
  }
});

test('a page whose files cannot be loaded says so, and what helps', async () => {
  chromium = await Chromium.start();
  const context = await chromium.browser.newContext();
  await context.route('**/assets/index-*.js', (route) => route.abort());
  const { page } = await DashboardTab.open(context, service.url);
  const text = page.getByRole('main');
  await text.getByText(/some of its files could not be loaded/).waitFor();
  expect(await text.innerText()).toMatch(/restart it/);
});

/** Header and body, in bytes, as a browser is sent them that comes over plain HTTP: over TLS alone they accept br. */
function weightOf(url: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const headers = { 'accept-encoding': 'gzip, deflate' };
    const asking = request(url, { headers, agent: false }, (response) => {
      response.once('end', () => resolve(response.socket.bytesRead));
      response.once('error', reject).resume();
    });
    asking.once('error', reject).end();
  });
}
