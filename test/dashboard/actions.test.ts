import type { BrowserContext, Locator } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';

import { AdminClient } from '../support/admin/admin-client.ts';
import { Chromium } from '../support/browser/chromium.ts';
import {
  CLOSED_FOR_LONG,
  OPERATOR,
  startDashboardService,
} from '../support/browser/dashboard-service.ts';
import { DashboardTab } from '../support/browser/dashboard-tab.ts';
import { closeBuckets } from '../support/browser/waiting-shards.ts';
import { startFakeDiscord, type FakeDiscord } from '../support/discord/index.ts';
import type { Service } from '../support/service/service.ts';
import { V1Client } from '../support/v1/client.ts';
import { holdV1 } from '../support/v1/hold.ts';
import { hold } from '../support/http/ask.ts';

const BUCKETS = '/bots/default/buckets';
const OVERRIDE = '/bots/default/limits/override';
const MINUTE_MS = 60_000;

/** Once a year: during a test only a press of the button makes the service ask Discord. */
const SELDOM = '0 0 0 1 1 *';

let chromium: Chromium;
let context: BrowserContext;
let discord: FakeDiscord;
let service: Service;
let api: AdminClient;
let tab: DashboardTab;
let other: DashboardTab;

beforeAll(async () => {
  chromium = await Chromium.start();
}, 600_000);
beforeEach(async () => {
  discord = await startFakeDiscord({ bots: [{ token: 'a.fake.token', maxConcurrency: 2 }] });
  service = await startDashboardService({
    DISCORD_TOKEN: 'a.fake.token',
    DISCORD_API_URL: discord.url,
    GATEWAY_INFO_CRON: SELDOM,
    ...CLOSED_FOR_LONG,
  });
  api = AdminClient.with({ authorization: `Bearer ${OPERATOR}` }, service);
  context = await chromium.browser.newContext();
  await DashboardTab.session(context, service.url, OPERATOR);
  // The tab that opens last is in front; browsers slow down tabs in the background.
  other = await DashboardTab.open(context, service.url, BUCKETS);
  tab = await DashboardTab.open(context, service.url);
  for (const one of [tab, other]) await one.says('Live');
});
afterEach(async () => {
  await context.close();
  await service.kill();
  await discord.close();
});
afterAll(() => chromium.end());

/** Expects no error in the console of either tab. */
const areWell = (): void => expect([...tab.complaints, ...other.complaints]).toEqual([]);

/** Opens the dialog of an action. @param button the name of the button that opens it */
async function begin(button: string | RegExp, where = tab): Promise<Locator> {
  await where.page.getByRole('button', { name: button }).first().click();
  const dialog = where.page.getByRole('dialog');
  await dialog.waitFor();
  return dialog;
}

/** Presses the dialog's button and waits until the dialog closes. */
async function confirm(dialog: Locator, verb: string): Promise<void> {
  await dialog.getByRole('button', { name: verb, exact: true }).click();
  await dialog.waitFor({ state: 'hidden' });
}

async function putOverride(maxConcurrency: number, reason: string): Promise<void> {
  const dialog = await begin(/^Override the limits of bot default/);
  await dialog.getByLabel('max_concurrency').fill(String(maxConcurrency));
  await dialog.getByLabel('Reason').fill(reason);
  await confirm(dialog, 'Override');
}

/** Waits until the page of all buckets shows this count. */
const showsBuckets = (count: number): Promise<void> =>
  other.page.getByText(new RegExp(`waiting in ${count} buckets?$`)).waitFor();

test('an override that one tab sets and lifts shows in another tab, and applies to shards meanwhile', async () => {
  const client = new V1Client(service.url);
  await showsBuckets(2);
  await putOverride(1, 'To start more slowly');
  await showsBuckets(1);
  await tab.page.getByText('limits overridden', { exact: true }).waitFor();
  expect((await client.identify({ shard: 1 })).body).toMatchObject({ bucket: 0 });

  const dialog = await begin(/^Override the limits of bot default/);
  await dialog.getByText(/kim set max_concurrency to 1.+“To start more slowly”/).waitFor();
  await dialog.getByLabel('Reason').fill('It is over');
  await confirm(dialog, 'Lift the override');
  await showsBuckets(2);
  await tab.page.getByText('limits overridden', { exact: true }).waitFor({ state: 'detached' });
  expect((await client.identify({ shard: 5 })).body).toMatchObject({ bucket: 1 });
  expect((await api.get(OVERRIDE)).status).toBe(404);
  areWell();
});

test('an override that another operator has replaced is not lifted, and the dialog says so', async () => {
  await putOverride(1, 'To start more slowly');
  const dialog = await begin(/^Override the limits of bot default/);
  const lift = dialog.getByRole('button', { name: 'Lift the override', exact: true });
  await lift.waitFor();
  const replaced = await api.put(OVERRIDE, { maxConcurrency: 2, reason: 'Not that slowly' });
  expect(replaced.status).toBe(200);
  await lift.click();
  await dialog.getByRole('alert').getByText('Another operator has changed it since').waitFor();
  expect((await api.get(OVERRIDE)).body).toMatchObject({ maxConcurrency: 2 });
  await showsBuckets(2);
  areWell();
});

test('P1 an override that does not divide Discord’s value is refused in the dialog, which names those that do', async () => {
  const dialog = await begin(/^Override the limits of bot default/);
  await dialog.getByText('a divisor of the 2 from Discord: 1, 2.').waitFor();
  // The page itself takes no larger number than Discord's, which may have fallen since.
  discord.setLimits({ maxConcurrency: 1 });
  expect((await api.post('/bots/default/refreshes')).status).toBe(202);
  await showsBuckets(1);
  await dialog.getByLabel('max_concurrency').evaluate((field) => field.removeAttribute('max'));
  await dialog.getByLabel('max_concurrency').fill('2');
  await dialog.getByLabel('Reason').fill('Discord promised more');
  await dialog.getByRole('button', { name: 'Override', exact: true }).click();
  await dialog.getByText("must divide Discord's max_concurrency 1, so it can be 1").waitFor();
  expect((await api.get(OVERRIDE)).status).toBe(404);
  areWell();
});

test('P12 an override that Discord’s new value cannot be divided by is shown as ignored', async () => {
  await putOverride(2, 'To start more slowly');
  discord.setLimits({ maxConcurrency: 3 });
  await confirm(await begin('Refresh the limits of bot default'), 'Ask now');
  await showsBuckets(3);
  await tab.page.getByText('override ignored', { exact: true }).waitFor();
  await tab.page.getByText('The max_concurrency of the override is ignored').waitFor();
  expect((await api.get('/bots/default')).body).toMatchObject({
    info: { ignored: { maxConcurrency: 2, from: 'override' } },
  });
  areWell();
});

test('a refresh asks Discord once, and the page shows the new limits', async () => {
  const asked = discord.log.of('rest').length;
  discord.setLimits({ maxConcurrency: 3 });
  await showsBuckets(2);
  await confirm(await begin('Refresh the limits of bot default'), 'Ask now');
  await showsBuckets(3);
  expect(discord.log.of('rest')).toHaveLength(asked + 1);
  areWell();
});

test('an evicted request gets an answer that says so on /v1, and no answer at all on /', async () => {
  await closeBuckets(service, 2);
  const plain = await hold(service, '/?shard=3');
  const v1 = await holdV1(service, 'shard=5');
  await tab.goTo(`${BUCKETS}/1`);
  for (const shard of [3, 5]) {
    const dialog = await begin(new RegExp(`^Evict shard ${shard} at position`));
    await dialog.getByLabel('Reason').fill('It is stuck');
    await confirm(dialog, 'Evict');
  }
  await plain.closed;
  expect(plain.answers).toEqual([]);
  const answer = await v1.answer();
  expect(answer.status).toBe(503);
  expect(JSON.parse(answer.body)).toMatchObject({ code: 'evicted' });
  await tab.page.getByText('No request waits here').waitFor();
  await other.showsDepth(1, '0');
  areWell();
});

test.each([
  { scope: 'bot default', of: '/', path: '', label: '15 minutes', minutes: 15 },
  {
    scope: 'bucket 1 of bot default',
    of: `${BUCKETS}/1`,
    path: '/buckets/1',
    label: '4 hours',
    minutes: 240,
  },
])('P7 a pause of $scope for $label shows in the API and another tab', async (pause) => {
  const client = new V1Client(service.url);
  await tab.goTo(pause.of);
  const dialog = await begin(`Pause ${pause.scope}`);
  await dialog.getByLabel('Reason').fill('Looking into it');
  await dialog.getByLabel('For how long').selectOption(pause.label);
  await confirm(dialog, 'Pause');
  expect((await client.identify({ shard: 3, maxWaitMs: 100 })).body).toMatchObject({
    reason: 'paused',
  });
  const { since, until } = await api.read<{ since: number; until: number }>(
    `/bots/default${pause.path}/pause`,
  );
  expect(until - since).toBe(pause.minutes * MINUTE_MS);
  const banner = other.page.getByRole('region', { name: 'Pauses' });
  await banner.getByText(`Paused: ${pause.scope}.`).waitFor();
  expect(await banner.innerText()).toMatch(/“Looking into it”.+kim.+until .+in (14|15|3 h|4 h)/s);
  areWell();
});
