import { mkdir, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

import type { BrowserContext } from 'playwright-core';

import { Chromium } from '../../test/support/browser/chromium.ts';
import { DashboardTab } from '../../test/support/browser/dashboard-tab.ts';
import { Demo } from '../demo.ts';
import { APPEARANCES } from './appearances.ts';
import { LOGIN, PAUSED, VIEWS, type View } from './views.ts';

/*
 * Takes a picture of every page of the dashboard in every appearance, from a running demo. The pictures differ a little in
 * each run, because the shards keep running meanwhile.
 */

const FOLDER = fileURLToPath(new URL('../../docs/images/', import.meta.url));

/** After this time the charts have data, and shards still wait, ms. */
const BOOT_MS = 45_000;

/** After this time animated numbers and charts have settled, ms. */
const SETTLE_MS = 2500;

/** The largest size of a picture: pictures are in the repository. */
const MAX_BYTES = 150_000;

const demo = await Demo.start({ port: undefined, seed: 1 });
const chromium = await Chromium.start();
try {
  await mkdir(FOLDER, { recursive: true });
  await fillAuditLog();
  await sleep(BOOT_MS);
  await call('PUT', `bots/${PAUSED.bot}/buckets/${PAUSED.bucket}/pause`, {
    reason: 'Deploying the new shard host',
    durationMs: 900_000,
  });
  for (const { name, context: options } of APPEARANCES) {
    const context = await chromium.browser.newContext(options);
    await takePicture(context, LOGIN, name);
    await DashboardTab.session(context, demo.url, demo.tokens.operator);
    for (const view of VIEWS) await takePicture(context, view, name);
    await context.close();
  }
} finally {
  await chromium.end();
  await demo.end();
}

/** Makes some changes as an operator, so that the audit log has entries. */
async function fillAuditLog(): Promise<void> {
  const bucket = 'bots/music/buckets/3/pause';
  await call('POST', 'bots/music/refreshes');
  await call('PUT', bucket, { reason: 'Looking into invalid sessions', durationMs: 60_000 });
  await call('DELETE', `${bucket}?reason=${encodeURIComponent('All is well again')}`);
  const override = 'bots/moderation/limits/override';
  await call('PUT', override, {
    maxConcurrency: 1,
    reason: 'One shard at a time while we look into it',
  });
  await call('DELETE', `${override}?reason=${encodeURIComponent('The cause is found')}`);
}

async function call(method: string, path: string, body?: object): Promise<void> {
  const headers = {
    authorization: `Bearer ${demo.tokens.operator}`,
    ...(body && { 'content-type': 'application/json' }),
  };
  const answer = await fetch(`${demo.url}/api/v1/${path}`, {
    method,
    headers,
    body: body === undefined ? null : JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`${method} ${path} was answered ${answer.status}`);
}

async function takePicture(context: BrowserContext, view: View, appearance: string): Promise<void> {
  const path = `${FOLDER}${view.name}-${appearance}.png`;
  const tab = await DashboardTab.open(context, demo.url, view.path);
  const { page } = tab;
  await tab.shows(view.heading);
  if (view !== LOGIN) await tab.says('Live');
  await sleep(SETTLE_MS);
  await page.screenshot({ path, animations: 'disabled', caret: 'hide' });
  await page.close();
  const { size } = await stat(path);
  console.log(`${basename(path)}  ${Math.ceil(size / 1000)} kB`);
  if (size > MAX_BYTES) throw new Error(`${basename(path)} has more than ${MAX_BYTES} bytes`);
}
