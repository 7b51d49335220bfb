import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';

import { AdminClient } from '../support/admin/admin-client.ts';
import { NEVER } from '../support/environment/environment.ts';
import { Chromium } from '../support/browser/chromium.ts';
import { OPERATOR, VIEWER, startDashboardService } from '../support/browser/dashboard-service.ts';
import { DashboardTab } from '../support/browser/dashboard-tab.ts';
import { tabTo } from '../support/browser/keyboard.ts';
import { startFakeDiscord, type FakeDiscord } from '../support/discord/index.ts';
import type { Service } from '../support/service/service.ts';

const BOTS = ['default', 'music'].map((name) => ({ name, token: `a.${name}.token` }));
const OVERRIDE = '/bots/default/limits/override';
const BUCKET = '/bots/music/buckets/0';
const MINUTE_MS = 60_000;

/** One entry more than fits on a page of the audit log. */
const ENTRIES = 51;

let chromium: Chromium;
let discord: FakeDiscord;
let folder: string;
let service: Service;
let api: AdminClient;
let tab: DashboardTab;

beforeAll(async () => {
  chromium = await Chromium.start();
  discord = await startFakeDiscord({ bots: BOTS });
  folder = await mkdtemp(join(tmpdir(), 'keyboard-'));
  const botsFile = join(folder, 'bots.json');
  await writeFile(botsFile, JSON.stringify(BOTS.map(({ name, token }) => ({ id: name, token }))));
  service = await startDashboardService({
    BOTS_FILE: botsFile,
    DISCORD_API_URL: discord.url,
    GATEWAY_INFO_CRON: NEVER,
  });
  api = AdminClient.with({ authorization: `Bearer ${OPERATOR}` }, service);
}, 600_000);
beforeEach(async () => {
  const context = await chromium.browser.newContext();
  await DashboardTab.session(context, service.url, OPERATOR);
  tab = await DashboardTab.open(context, service.url);
});
afterEach(() => tab.page.context().close());
afterAll(async () => {
  await chromium.end();
  await service.kill();
  await discord.close();
  await rm(folder, { recursive: true });
});

const press = (key: string): Promise<void> => tab.page.keyboard.press(key);
const type = (text: string): Promise<void> => tab.page.keyboard.type(text);

/** Moves the focus there with Tab and presses Enter. */
async function use(role: string, name: string): Promise<void> {
  await tabTo(tab.page, role, name);
  await press('Enter');
}

/** Waits for the dialog, whose reason has the focus, and types the reason. */
async function explain(reason: string): Promise<void> {
  await tab.page.getByRole('dialog').getByLabel('Reason').and(tab.page.locator(':focus')).waitFor();
  await type(reason);
}

/** Presses the dialog's button and waits until the dialog closes. */
async function confirm(verb: string): Promise<void> {
  await use('button', verb);
  await tab.page.getByRole('dialog').waitFor({ state: 'hidden' });
}

interface Control {
  readonly control: string;
  readonly view: string;
  /** A text that the page shows once the control is usable. */
  readonly content: string | RegExp;
  readonly prepare?: () => Promise<unknown>;
  readonly act: () => Promise<void>;
  /** Rejects unless the control had its effect. */
  readonly check: () => Promise<unknown>;
}

const CONTROLS: readonly Control[] = [
  {
    control: 'pause a bucket for some time',
    view: BUCKET,
    content: 'No request waits here',
    act: async () => {
      await use('button', 'Pause bucket 0 of bot music');
      await explain('Looking into it');
      await tabTo(tab.page, 'combobox', 'For how long');
      await type('15');
      await confirm('Pause');
    },
    check: async () => {
      const path = `${BUCKET}/pause`;
      const { since, until } = await api.read<{ since: number; until: number }>(path);
      expect(until - since).toBe(15 * MINUTE_MS);
    },
  },
  {
    control: 'resume it in the banner of another page',
    view: '/replicas',
    content: 'Paused: bucket 0 of bot music.',
    prepare: () => api.put(`${BUCKET}/pause`, { reason: 'Looking into it' }),
    act: async () => {
      await use('button', 'Resume bucket 0 of bot music');
      await explain('All is well');
      await confirm('Resume');
    },
    check: async () => expect((await api.get(`${BUCKET}/pause`)).status).toBe(404),
  },
  {
    control: 'refresh',
    view: '/bots/default/buckets',
    content: 'waiting in 1 bucket',
    act: async () => {
      discord.setLimits({ maxConcurrency: 2 }, 'default');
      await use('button', 'Refresh the limits of bot default');
      await tab.page.getByRole('dialog').waitFor();
      await confirm('Ask now');
    },
    check: () => tab.page.getByText('waiting in 2 buckets').waitFor(),
  },
  {
    control: 'override',
    view: '/bots/default/buckets',
    content: /waiting in/,
    act: async () => {
      await use('button', 'Override the limits of bot default');
      await explain('To start more slowly');
      await tabTo(tab.page, 'spinbutton', 'max_concurrency');
      await press('ControlOrMeta+A');
      await type('1');
      await confirm('Override');
    },
    check: async () =>
      expect((await api.get(OVERRIDE)).body).toMatchObject({
        maxConcurrency: 1,
        reason: 'To start more slowly',
      }),
  },
  {
    control: 'lift the override',
    view: '/bots/default/buckets',
    content: /waiting in/,
    prepare: () => api.put(OVERRIDE, { maxConcurrency: 1, reason: 'To start more slowly' }),
    act: async () => {
      await use('button', 'Override the limits of bot default');
      await explain('It is over');
      await confirm('Lift the override');
    },
    check: async () => expect((await api.get(OVERRIDE)).status).toBe(404),
  },
  {
    control: 'choose another bot',
    view: '/bots/default/activity',
    content: 'Activity of default',
    act: async () => {
      await use('link', 'music');
    },
    check: async () => {
      await tab.shows('Activity of music');
      expect(tab.view).toBe('/bots/music/activity');
    },
  },
  {
    control: 'choose the colors',
    view: '/',
    content: 'Overview',
    act: () => use('button', 'Colors:').then(() => press('Enter')),
    check: () => tab.page.locator('html[data-mantine-color-scheme="dark"]').waitFor(),
  },
  {
    control: 'see the chart as a table',
    view: '/',
    content: 'Permits per minute',
    act: () => use('button', 'Show as table'),
    check: () =>
      tab.page.getByRole('region', { name: 'Bot default' }).getByText('(so far)').waitFor(),
  },
  {
    control: 'choose and turn the pages of the audit log',
    view: '/audit',
    content: 'Reload',
    prepare: async () => {
      const reason = 'Looking into it';
      for (let entry = 0; entry < ENTRIES; entry += 1)
        await api.put('/bots/music/pause', { reason });
      await api.delete('/bots/music/pause');
      // Another user, in a context of its own.
      const context = await chromium.browser.newContext();
      await DashboardTab.session(context, service.url, VIEWER);
      await context.close();
    },
    act: async () => {
      const ofSam = tab.page.getByRole('cell', { name: 'sam', exact: true });
      await ofSam.waitFor();
      await tabTo(tab.page, 'textbox', 'Operator');
      await type('kim');
      await ofSam.waitFor({ state: 'detached' });
      const resumed = tab.page.getByRole('cell', { name: 'resume', exact: true }).first();
      await resumed.waitFor();
      await tabTo(tab.page, 'combobox', 'Action');
      await type('pause');
      await resumed.waitFor({ state: 'detached' });
      await use('button', 'Older');
    },
    check: async () => {
      await tab.page.getByRole('button', { name: 'Older', disabled: true }).waitFor();
      await use('button', 'Newer');
      await tab.page.getByRole('button', { name: 'Newer', disabled: true }).waitFor();
      await expect.poll(() => tab.page.getByRole('row').count()).toBe(ENTRIES);
      await tabTo(tab.page, 'textbox', 'Operator');
      await type('berly');
      await tab.page.getByText('No matching entries').waitFor();
    },
  },
];

test.each(CONTROLS)('by keyboard alone: $control', async (row) => {
  await row.prepare?.();
  await tab.goTo(row.view);
  await tab.says('Live');
  await tab.page.getByText(row.content).first().waitFor();
  await row.act();
  await row.check();
  expect(tab.complaints).toEqual([]);
});
