import type { BrowserContext } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';

import { Chromium } from '../support/browser/chromium.ts';
import { OPERATOR, VIEWER, startDashboardService } from '../support/browser/dashboard-service.ts';
import { DashboardTab } from '../support/browser/dashboard-tab.ts';
import type { Service } from '../support/service/service.ts';

/** The length of a session, in ms: long enough to reach a page on a busy machine, short enough to wait for its end. */
const SHORT_SESSION_MS = 20_000;

/** The time to wait for the end of a session, in ms; longer than a session. */
const TIMEOUT_MS = 60_000;

let chromium: Chromium;
let context: BrowserContext;
let service: Service;

beforeAll(async () => {
  chromium = await Chromium.start();
}, 600_000);
beforeEach(async () => {
  context = await chromium.browser.newContext();
});
afterEach(async () => {
  await context.close();
  await service.kill();
});
afterAll(() => chromium.end());

test('the login page says that a token is wrong, and a right token leads to the requested page', async () => {
  service = await startDashboardService();
  const tab = await DashboardTab.open(context, service.url, '/bots/default/buckets?show=paused');
  await tab.page.getByText('Log in to return to the page you were on.').waitFor();
  await tab.logIn('not-a-token-of-anybody');
  await tab.page.getByRole('alert').waitFor();
  expect(await tab.page.getByRole('alert').innerText()).toMatch(/token/i);
  expect(await context.cookies()).toEqual([]);

  await tab.logIn(OPERATOR);
  await tab.says('Live');
  expect(tab.view).toBe('/bots/default/buckets?show=paused');
  expect(await context.cookies()).toMatchObject([{ httpOnly: true, sameSite: 'Strict' }]);
  expect(
    await tab.page.evaluate('JSON.stringify([localStorage, sessionStorage, document.cookie])'),
  ).not.toContain(OPERATOR);
  expect(tab.complaints).toEqual([]);
});

test('a logout ends the session in all tabs', async () => {
  service = await startDashboardService();
  await DashboardTab.session(context, service.url, VIEWER);
  const tab = await DashboardTab.open(context, service.url);
  const other = await DashboardTab.open(context, service.url);
  await tab.page.getByRole('button', { name: 'Log out sam' }).click();
  await tab.tokenField.waitFor();
  expect(await context.cookies()).toEqual([]);
  // The other tab needs no action: the service ends the stream of a session that is over.
  await other.tokenField.waitFor();
  await tab.logIn(OPERATOR);
  await tab.page.getByRole('button', { name: 'Log out kim' }).waitFor();
});

test('a tab that comes to the front shows the user who has logged in with another tab', async () => {
  service = await startDashboardService();
  const waiting = await DashboardTab.open(context, service.url, '/audit');
  await waiting.tokenField.waitFor();
  await DashboardTab.session(context, service.url, VIEWER);
  const tab = await DashboardTab.open(context, service.url);
  await tab.page.getByRole('button', { name: 'Log out sam' }).waitFor();
  await DashboardTab.session(context, service.url, OPERATOR);
  for (const { page } of [tab, waiting]) {
    await page.evaluate("document.dispatchEvent(new Event('visibilitychange'))");
    await page.getByRole('button', { name: 'Log out kim' }).waitFor();
  }
  await tab.page
    .getByRole('button', { name: /^Pause/ })
    .first()
    .waitFor();
  expect(waiting.view).toBe('/audit');
});

test('the end of a session leads to the login by itself, and from there to the same page', async () => {
  service = await startDashboardService({ SESSION_TTL_MS: String(SHORT_SESSION_MS) });
  const tab = await DashboardTab.open(context, service.url, '/bots/default/activity');
  await tab.logIn(OPERATOR);
  await tab.says('Live');
  // The page notices the end without any action.
  await tab.tokenField.waitFor({ timeout: TIMEOUT_MS });
  await tab.logIn(OPERATOR);
  await tab.says('Live');
  expect(tab.view).toBe('/bots/default/activity');
  expect(tab.complaints).toEqual([]);
});

test('the page says that a logout has failed, because the session still exists', async () => {
  service = await startDashboardService();
  await DashboardTab.session(context, service.url, OPERATOR);
  const tab = await DashboardTab.open(context, service.url);
  await tab.says('Live');
  await tab.page.route('**/api/v1/session', (route) =>
    route.request().method() === 'DELETE' ? route.abort() : route.continue(),
  );
  await tab.page.getByRole('button', { name: 'Log out kim' }).click();
  await tab.page.getByText('You may still be logged in.').waitFor();
  expect(await context.cookies()).toHaveLength(1);
  await tab.page.unroute('**/api/v1/session');
  await tab.page.getByRole('button', { name: 'Log out kim' }).click();
  await tab.tokenField.waitFor();
});

test('the page says that a part is gone after an update of the service, and its other parts work', async () => {
  service = await startDashboardService();
  await DashboardTab.session(context, service.url, OPERATOR);
  const tab = await DashboardTab.open(context, service.url);
  await tab.says('Live');
  await tab.page.route('**/assets/AuditPage-*', (route) => route.fulfill({ status: 404 }));
  await tab.page.getByRole('link', { name: 'Audit' }).click();
  await tab.page.getByText('This part of the dashboard could not be loaded').waitFor();
  await tab.page.getByRole('link', { name: 'Replicas' }).click();
  await tab.shows('Replicas');
  await tab.says('Live');
  await tab.page.getByRole('link', { name: 'Audit' }).click();
  await tab.page.unroute('**/assets/AuditPage-*');
  await tab.page.getByRole('button', { name: 'Reload the page' }).click();
  await tab.shows('Audit');
  expect(tab.view).toBe('/audit');
});
