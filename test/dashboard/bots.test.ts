import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { BrowserContext } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { axeViolations } from '../support/browser/axe.ts';
import { Chromium } from '../support/browser/chromium.ts';
import {
  OPERATOR,
  pauseElsewhere,
  startDashboardService,
  VIEWER,
} from '../support/browser/dashboard-service.ts';
import { DashboardTab } from '../support/browser/dashboard-tab.ts';
import { tabTo } from '../support/browser/keyboard.ts';
import type { Service } from '../support/service/service.ts';

const BOTS = ['news', 'music', 'mod', 'quiz', 'dice'];

let chromium: Chromium;
let service: Service;
let home: string;

beforeAll(async () => {
  chromium = await Chromium.start();
  home = await mkdtemp(join(tmpdir(), 'bots-'));
  const file = join(home, 'bots.json');
  await writeFile(file, JSON.stringify(BOTS.map((id) => ({ id, maxConcurrency: 16 }))));
  service = await startDashboardService({ BOTS_FILE: file });
}, 600_000);
afterAll(async () => {
  await chromium.end();
  await service.kill();
  await rm(home, { recursive: true });
});

async function open(view: string, token = OPERATOR): Promise<DashboardTab> {
  const context: BrowserContext = await chromium.browser.newContext();
  return DashboardTab.live(context, service.url, view, token);
}

function pause(scope: string): Promise<void> {
  return pauseElsewhere(service, scope, { reason: `For ${scope}` });
}

test('the search names the bot whose shards it finds, and finds those of another bot by its name', async () => {
  const tab = await open('/bots/music/buckets');
  await tab.page.keyboard.press('Control+k');
  expect(await tab.page.locator(':focus').getAttribute('placeholder')).toBe('Shard of music …');
  await tab.page.keyboard.type('277');
  await tab.page.getByText('music, bucket 5 ↵').waitFor();
  await tab.page.keyboard.press('Enter');
  await tab.shows('Shard 277');
  expect(tab.view).toBe('/bots/music/shards/277');

  await tab.page.keyboard.press('Control+k');
  await tab.page.keyboard.type('quiz 3');
  await tab.page.keyboard.press('Enter');
  await tab.shows('Shard 3');
  expect(tab.view).toBe('/bots/quiz/shards/3');
  await tab.page.keyboard.press('Control+k');
  await tab.page.keyboard.type('nobody 3');
  await tab.page.keyboard.press('Enter');
  await tab.page.getByText('There is no bot named nobody').waitFor();
  // On a page without a bot the search uses the bot that was shown last.
  await tab.page.getByRole('link', { name: 'Audit' }).click();
  await tab.page.getByPlaceholder('Shard of quiz').waitFor();
});

test('by keyboard alone: a single key has no effect, the search leaves no dialog, Tab reaches another bot', async () => {
  const tab = await open('/bots/news/buckets');
  await tab.page.keyboard.press('/');
  await tab.page.keyboard.press('k');
  expect(await tab.page.evaluate('document.activeElement.tagName')).toBe('BODY');
  await tab.page.getByRole('button', { name: 'Pause bot news' }).click();
  const reason = tab.page.getByRole('dialog').getByLabel('Reason');
  await reason.focus();
  await tab.page.keyboard.press('Control+k');
  await tab.page.keyboard.type('x');
  expect(await reason.inputValue()).toBe('x');
  await tab.page.keyboard.press('Escape');
  await tab.page.getByRole('dialog').waitFor({ state: 'hidden' });

  await tabTo(tab.page, 'link', 'mod');
  expect(tab.view).toBe('/bots/news/buckets');
  await tab.page.keyboard.press('Enter');
  await tab.shows('Buckets of mod');
  expect(await axeViolations(tab.page)).toEqual([]);
});

test('P7 every page can show every pause, however many there are', async () => {
  for (const bot of BOTS.slice(0, 4)) await pause(bot);
  await pause('dice/buckets/11');
  for (const token of [OPERATOR, VIEWER]) {
    const tab = await open('/replicas', token);
    const banner = tab.page.getByRole('region', { name: 'Pauses' });
    await banner.getByText('Show 2 more pauses').waitFor();
    await tabTo(tab.page, 'button', 'Show 2 more pauses');
    await tab.page.keyboard.press('Enter');
    await banner.getByText('Paused: bucket 11 of bot dice.').waitFor();
    const button = banner.getByRole('button', { name: 'Show fewer pauses' });
    expect(await button.getAttribute('aria-expanded')).toBe('true');
    expect(await banner.getByRole('listitem').count()).toBe(5);
    for (const height of [900, 360]) {
      await tab.page.setViewportSize({ width: 1000, height });
      const box = await banner.getByRole('list').boundingBox();
      expect(box?.height).toBeLessThanOrEqual(0.4 * height + 1);
    }
    expect(await axeViolations(tab.page)).toEqual([]);
    await button.click();
    expect(await banner.getByRole('listitem').count()).toBe(3);
  }
});
