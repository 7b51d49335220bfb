import type { BrowserContext, Locator, Request } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';

import { Chromium } from '../support/browser/chromium.ts';
import { OPERATOR, startDashboardService } from '../support/browser/dashboard-service.ts';
import { DashboardTab } from '../support/browser/dashboard-tab.ts';
import type { Service } from '../support/service/service.ts';

const PAUSE = '/api/v1/bots/default/pause';
/** A screen that is lower than the overview. */
const LOW = { width: 1000, height: 320 } as const;

let chromium: Chromium;
let context: BrowserContext;
let service: Service;
let tab: DashboardTab;
let dialog: Locator;

beforeAll(async () => {
  chromium = await Chromium.start();
}, 600_000);
beforeEach(async () => {
  service = await startDashboardService();
  context = await chromium.browser.newContext();
  await DashboardTab.session(context, service.url, OPERATOR);
});
afterEach(async () => {
  await context.close();
  await service.kill();
});
afterAll(() => chromium.end());

async function open(): Promise<void> {
  tab = await DashboardTab.open(context, service.url);
  dialog = tab.page.getByRole('dialog');
  await tab.says('Live');
}

/** Sends a request about the bot's pause to the API, as another operator does. */
async function ask(method: string, reason?: string): Promise<Response> {
  return fetch(`${service.url}${PAUSE}`, {
    method,
    headers: {
      authorization: `Bearer ${OPERATOR}`,
      ...(reason !== undefined && { 'content-type': 'application/json' }),
    },
    ...(reason !== undefined && { body: JSON.stringify({ reason }) }),
  });
}

/** The reason of the bot's pause; undefined while it is not paused. */
async function paused(): Promise<unknown> {
  const body: unknown = await (await ask('GET')).json();
  return typeof body === 'object' && body !== null && 'reason' in body ? body.reason : undefined;
}

const click = (name: string): Promise<void> =>
  dialog.getByRole('button', { name, exact: true }).click();

test('a reason is one line: Enter sends it, and pasted line breaks and tabs become spaces', async () => {
  await open();
  await tab.page.getByRole('button', { name: 'Pause bot default' }).click();
  await dialog.getByLabel('Reason').focus();
  await tab.page.keyboard.insertText('Invalid sessions:\tsee\nthe channel');
  await tab.page.keyboard.press('Enter');
  await dialog.waitFor({ state: 'hidden' });
  expect(await paused()).toBe('Invalid sessions: see the channel');
});

test('P7 the dialog does not resume a pause that it has not shown: it says so, and shows that pause', async () => {
  await ask('PUT', 'Deploying');
  await open();
  await tab.page.getByRole('button', { name: 'Resume bot default' }).first().click();
  await dialog.getByText('“Deploying”, by kim').waitFor();
  await ask('DELETE');
  await ask('PUT', 'Tokens are being reset');
  await click('Resume');
  await dialog.getByText('The pause has been replaced').waitFor();
  await dialog.getByText('“Tokens are being reset”, by kim').waitFor();
  expect(await paused()).toBe('Tokens are being reset');

  await click('Resume');
  await dialog.waitFor({ state: 'hidden' });
  expect(await paused()).toBeUndefined();
});

test('the dialog reports no resume when another operator has lifted the pause already', async () => {
  await ask('PUT', 'Deploying');
  await open();
  await tab.page.getByRole('button', { name: 'Resume bot default' }).first().click();
  await dialog.getByText('“Deploying”, by kim').waitFor();
  await ask('DELETE');
  await click('Resume');
  await dialog.getByText('Already resumed').waitFor();
  expect(await tab.page.getByText('Resumed bot default.').count()).toBe(0);
});

test('P7 the dialog replaces the pause of another operator only after it has shown it', async () => {
  await open();
  await tab.page.getByRole('button', { name: 'Pause bot default' }).click();
  await dialog.getByLabel('Reason').fill('Deploying');
  await ask('PUT', 'Tokens are being reset');
  await click('Pause');
  await dialog.getByText('Already paused').waitFor();
  await dialog.getByText('“Tokens are being reset”, by kim').waitFor();
  expect(await paused()).toBe('Tokens are being reset');
  await click('Replace the pause');
  await dialog.waitFor({ state: 'hidden' });
  expect(await paused()).toBe('Deploying');
});

test('a dialog cannot be closed while its request is under way, and says how the request ends', async () => {
  await open();
  // Without animation a dialog that closes disappears at once.
  await tab.page.emulateMedia({ reducedMotion: 'reduce' });
  const held = Promise.withResolvers<undefined>();
  await tab.page.route(`**${PAUSE}`, async (route) => {
    if (route.request().method() !== 'PUT') return route.continue();
    await held.promise;
    return route.fulfill({
      status: 503,
      contentType: 'application/problem+json',
      body: JSON.stringify({
        status: 503,
        title: 'Limiter unavailable',
        code: 'limiter-unavailable',
        detail: 'The store of the limiter does not answer.',
      }),
    });
  });
  await tab.page.getByRole('button', { name: 'Pause bot default' }).click();
  await dialog.getByLabel('Reason').fill('Deploying');
  const asked = tab.page.waitForRequest((request) => request.method() === 'PUT');
  await click('Pause');
  await asked;
  await tab.page.keyboard.press('Escape');
  await tab.page.mouse.click(5, 5);
  expect(await dialog.getByRole('button', { name: 'Close' }).isDisabled()).toBe(true);
  held.resolve(undefined);
  await dialog.getByText('The store of the limiter does not answer.').waitFor();
  expect(await dialog.getByLabel('Reason').inputValue()).toBe('Deploying');
  await tab.page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'hidden' });
});

test('a page that was open before an update of the service still opens its dialogs', async () => {
  // The dialog's script with its styles and shared scripts. Playwright reports no end for the script of the worker.
  const loading = new Set<Request>();
  context.on('request', (request) => {
    if (/\/assets\/(?!feed-worker-)/.test(request.url())) loading.add(request);
  });
  const over = (request: Request): void => void loading.delete(request);
  context.on('requestfinished', over);
  context.on('requestfailed', over);
  const script = context.waitForEvent('requestfinished', (request) =>
    /\/assets\/ActionDialog-[^/]*\.js$/.test(request.url()),
  );
  await open();
  await script;
  await expect.poll(() => loading.size, { timeout: 20_000 }).toBe(0);
  await tab.page.route('**/assets/**', (route) => route.fulfill({ status: 404 }));
  await tab.page.getByRole('button', { name: 'Pause bot default' }).click();
  await dialog.getByLabel('Reason').waitFor();
  expect(tab.complaints).toEqual([]);
});

test('the message that a dialog could not be loaded is visible without scrolling', async () => {
  await context.route('**/assets/ActionDialog-*.js', (route) => route.fulfill({ status: 404 }));
  await open();
  await tab.page.setViewportSize(LOW);
  await tab.page.getByRole('button', { name: 'Pause bot default' }).click();
  const failure = tab.page.getByText('This part of the dashboard could not be loaded');
  await failure.waitFor();
  const box = await failure.boundingBox();
  expect(box?.y).toBeGreaterThan(0);
  expect(box?.y).toBeLessThan(LOW.height);
});

test('the page reports its own fault, and the console has the error', async () => {
  await open();
  await tab.page.route('**/assets/AuditPage-*.js', (route) =>
    route.fulfill({
      contentType: 'text/javascript',
      body: 'export default () => { throw new TypeError("a mistake") };',
    }),
  );
  await tab.page.getByRole('link', { name: 'Audit' }).click();
  await tab.page.getByText('This part of the dashboard has failed').waitFor();
  expect(tab.complaints.join('\n')).toContain('a mistake');
});
