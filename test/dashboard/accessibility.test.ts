import type { BrowserContext, Locator } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';

import { Relay } from '../support/relay.ts';
import { axeViolations } from '../support/browser/axe.ts';
import { Chromium } from '../support/browser/chromium.ts';
import {
  CLOSED_FOR_LONG,
  OPERATOR,
  pauseElsewhere,
  startDashboardService,
} from '../support/browser/dashboard-service.ts';
import { DashboardTab } from '../support/browser/dashboard-tab.ts';
import { closeBuckets, WaitingShards } from '../support/browser/waiting-shards.ts';
import type { Service } from '../support/service/service.ts';

/** Pages, and a text that each shows once its data has loaded. */
const VIEWS: readonly (readonly [string, string | RegExp])[] = [
  ['/', 'Permits per minute'],
  ['/bots/default/buckets', '4 buckets'],
  ['/bots/default/buckets?show=paused', '#3'],
  ['/bots/default/buckets/2', /^1 to \d of \d$/],
  ['/bots/default/shards/6', /^Shard 6 waits at position/],
  ['/bots/default/shards/77', 'Shard 77 has no waiting request.'],
  ['/bots/default/activity', /requests are throttled$/],
  ['/replicas', 'serving'],
  ['/audit', 'login'],
  ['/nowhere', 'This page does not exist'],
];

/** Pages, a button on each that opens a dialog, and the button of the dialog that sends the request. */
const DIALOGS = [
  ['/', 'Pause bot default', 'Pause'],
  ['/', 'Refresh the limits of bot default', 'Ask now'],
  ['/', 'Override the limits of bot default', 'Override'],
  ['/bots/default/buckets', 'Resume bucket 3 of bot default', 'Resume'],
  ['/bots/default/buckets/2', 'Evict shard 6 at position', 'Evict'],
] as const;

/** An override as the API reports it. */
const OVERRIDE = {
  maxConcurrency: 4,
  reason: 'Discord promised more',
  by: 'kim',
  since: 1,
} as const;

const DESKTOP = { width: 1280, height: 900 } as const;
const PHONE = { width: 390, height: 844 } as const;

const LOOKS = [
  { colorScheme: 'light', viewport: DESKTOP },
  { colorScheme: 'dark', viewport: DESKTOP },
  { colorScheme: 'light', viewport: PHONE },
] as const;

let chromium: Chromium;
let service: Service;
let shards: WaitingShards;
let relay: Relay;

beforeAll(async () => {
  chromium = await Chromium.start();
  service = await startDashboardService({
    MAX_CONCURRENCY: '4',
    ...CLOSED_FOR_LONG,
    // A shard that asks a second time is throttled.
    CRASH_LOOP_BURST: '1',
    CRASH_LOOP_BELOW: '1',
  });
  relay = await Relay.to(Number(new URL(service.url).port));
  await closeBuckets(service, 4);
  shards = new WaitingShards(service);
  await shards.join([0, 1, 2, 4, 6, 10, 14]);
  for (const bucket of [1, 3]) {
    const order = { reason: 'Looking into it', durationMs: 3_600_000 };
    await pauseElsewhere(service, `default/buckets/${bucket}`, order);
  }
}, 600_000);
afterAll(async () => {
  shards.leave();
  await chromium.end();
  await service.kill();
});

describe.each(LOOKS)('axe finds nothing, $colorScheme, $viewport.width px wide', (look) => {
  const options = { ...look, reducedMotion: 'reduce' } as const;
  let context: BrowserContext;
  let tab: DashboardTab;
  beforeAll(async () => {
    context = await chromium.browser.newContext(options);
    await DashboardTab.session(context, service.url, OPERATOR);
    tab = await DashboardTab.open(context, service.url);
  });
  afterEach(() => tab.page.unrouteAll());
  afterAll(() => context.close());

  /** The faults that axe finds in the page as it is now, with the requested colors, and what the browser complained of. */
  async function faults(shown = tab): Promise<string[]> {
    const { colorScheme } = look;
    await shown.page.locator(`html[data-mantine-color-scheme="${colorScheme}"]`).waitFor();
    return [...(await axeViolations(shown.page)), ...shown.complaints.splice(0)];
  }

  async function goTo(view: string): Promise<void> {
    await tab.goTo(view);
    await tab.says('Live');
  }

  async function begin(view: string, name: string): Promise<Locator> {
    await goTo(view);
    await tab.page.getByRole('button', { name }).first().click();
    return tab.page.getByRole('dialog');
  }

  test('on the login page, also after a wrong token', async () => {
    const stranger = await chromium.browser.newContext(options);
    const login = await DashboardTab.open(stranger, service.url, '/login');
    await login.shows('gateway-queue');
    await login.tokenField.waitFor();
    expect(await faults(login)).toEqual([]);
    await login.logIn('not-a-token-of-anybody');
    await login.page.getByRole('alert').waitFor();
    expect(await faults(login)).toEqual([]);
    await stranger.close();
  });

  test.each(VIEWS)('at %s, which shows %s', async (view, content) => {
    await goTo(view);
    await tab.page.getByRole('main').getByText(content).first().waitFor();
    expect(await faults()).toEqual([]);
  });

  test.each(DIALOGS)('at %s, in the dialog of "%s"', async (view, name, verb) => {
    const dialog = await begin(view, name);
    await dialog.getByRole('button', { name: verb, exact: true }).waitFor();
    expect(await faults()).toEqual([]);
  });

  test('in the dialog that lifts an override', async () => {
    await tab.page.route('**/limits/override', (route) =>
      route.fulfill({ headers: { etag: '"1"' }, json: OVERRIDE }),
    );
    const dialog = await begin('/', 'Override the limits of bot default');
    await dialog.getByRole('button', { name: 'Lift the override', exact: true }).waitFor();
    expect(await faults()).toEqual([]);
  });

  test('in a dialog that shows a problem', async () => {
    await tab.page.route('**/pause', (route) => route.abort());
    const dialog = await begin('/', 'Pause bot default');
    await dialog.getByLabel('Reason').fill('Looking into it');
    await dialog.getByRole('button', { name: 'Pause', exact: true }).click();
    await dialog.getByRole('alert').waitFor();
    expect(await faults()).toEqual([]);
  });

  test('with a notification of success', async () => {
    await tab.page.route('**/pause', (route) =>
      route.request().method() === 'PUT' ? route.fulfill({ json: {} }) : route.continue(),
    );
    const dialog = await begin('/', 'Pause bot default');
    await dialog.getByLabel('Reason').fill('Looking into it');
    await dialog.getByRole('button', { name: 'Pause', exact: true }).click();
    await dialog.waitFor({ state: 'hidden' });
    await tab.page.getByText('Paused bot default.', { exact: true }).waitFor();
    expect(await faults()).toEqual([]);
  });

  test('on a page that shows a problem', async () => {
    await tab.page.route('**/audit?*', (route) => route.abort());
    await goTo('/audit');
    await tab.page.getByRole('button', { name: 'Try again' }).waitFor();
    expect(await faults()).toEqual([]);
  });

  test('with buckets as a table, sorted', async () => {
    await goTo('/bots/default/buckets');
    await tab.page.getByText('Table', { exact: true }).click();
    await tab.page.getByRole('button', { name: 'Waiting' }).click();
    await tab.page.getByRole('row').nth(4).waitFor();
    expect(await faults()).toEqual([]);
  });

  test('with the chart, and with the chart as a table', async () => {
    await goTo('/');
    await tab.page.locator('.recharts-surface').first().waitFor();
    expect(await faults()).toEqual([]);
    await tab.page.getByRole('button', { name: 'Show as table' }).click();
    await tab.page.getByText('(so far)').waitFor();
    expect(await faults()).toEqual([]);
  });

  test('while it is frozen', async () => {
    await goTo('/');
    await tab.page.getByRole('switch', { name: 'Freeze' }).click();
    await tab.page
      .getByText(/^Frozen at/)
      .first()
      .waitFor();
    expect(await faults()).toEqual([]);
  });

  test('while it is stale', async () => {
    await relay.open();
    const url = `http://127.0.0.1:${relay.port}`;
    const stale = await DashboardTab.open(context, url, '/replicas');
    await stale.says('Live');
    await stale.page.getByText('serving', { exact: true }).waitFor();
    await relay.close();
    await stale.page.getByText(/^Stale for/).waitFor();
    expect(await faults(stale)).toEqual([]);
    await stale.page.close();
  });
});
