import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';

import { askFor } from '../support/http/held-request.ts';
import { Chromium } from '../support/browser/chromium.ts';
import { SwaggerPage } from '../support/browser/swagger-page.ts';
import { startService, type Service } from '../support/service/service.ts';

const OPERATOR = 'an-operators-token-0123456789';
const VIEWER = 'a-viewers-token-0123456789';

const SETTINGS = {
  ADMIN_TOKENS: `kim:operator:${OPERATOR},sam:viewer:${VIEWER}`,
  IDENTIFY_INTERVAL_MS: '20',
  IDENTIFY_MARGIN_MS: '0',
  // As long as a permit may be awaited: its bucket stays closed for as long as the test wants it.
  CONFIRM_TIMEOUT_MS: '600000',
};

/** Between two reads of what changes by itself, and how long they go on, ms. */
const POLLING = { interval: 250, timeout: 30_000 };

let chromium: Chromium;
let service: Service;
let swagger: SwaggerPage;

beforeAll(async () => {
  chromium = await Chromium.start();
}, 600_000);

beforeEach(async () => {
  service = await startService(SETTINGS);
  swagger = await SwaggerPage.open(chromium.browser, service.url);
});

afterEach(async () => {
  await swagger.page.close();
  await service.kill();
});

afterAll(async () => {
  await chromium.end();
});

test('an operator can do all the work of a day', async () => {
  const first = await fetch(`${service.url}/v1/identify?shard=0&confirm=true`, { method: 'POST' });
  const permit: unknown = await first.json();
  const second = askFor(service.url, 1);

  expect(await swagger.execute('botsList')).toMatchObject({
    status: 401,
    body: { code: 'unauthorized' },
  });
  await swagger.authorize(OPERATOR);
  await vi.waitFor(async () => {
    expect(await swagger.execute('bucketsList')).toMatchObject({
      status: 200,
      body: { items: [{ bucket: 0, waiting: 1, head: { shard: 1 }, reason: 'interval' }] },
    });
  }, POLLING);
  expect(await swagger.execute('botsList')).toMatchObject({
    status: 200,
    body: { items: [{ bot: 'default', waiting: 1, pauses: {} }] },
  });

  const reason = 'Discord has an incident';
  expect(await swagger.execute('botPausePause', { body: { reason } })).toMatchObject({
    status: 200,
    body: { bot: 'default', reason, by: 'kim' },
  });
  expect(await swagger.execute('permitsConfirm', { parameters: idOf(permit) })).toMatchObject({
    status: 204,
  });
  await vi.waitFor(async () => {
    expect(await swagger.execute('bucketsList')).toMatchObject({
      body: { items: [{ bucket: 0, waiting: 1, reason: 'paused' }] },
    });
  }, POLLING);
  expect(await swagger.execute('auditList')).toMatchObject({
    status: 200,
    body: { items: [{ action: 'pause', by: 'kim', bot: 'default', reason }] },
  });
  expect(second.state).toBe('held');

  expect(
    await swagger.execute('botPauseResume', { parameters: { reason: 'It is over' } }),
  ).toMatchObject({ status: 204 });
  expect(await second.answer).toMatchObject({ status: 200 });
  expect(await swagger.execute('recentPermitsList')).toMatchObject({
    body: {
      items: [
        { shard: 1, status: 'granted' },
        { shard: 0, status: 'confirmed' },
      ],
    },
  });
  expect(await swagger.execute('auditList')).toMatchObject({
    body: { items: [{ action: 'resume', by: 'kim', reason: 'It is over' }, { action: 'pause' }] },
  });
  expect(swagger.complaints).toEqual([]);
});

test('a viewer can read, and is told why changes are refused', async () => {
  await swagger.authorize(VIEWER);
  expect(await swagger.execute('sessionShow')).toMatchObject({
    status: 200,
    body: { name: 'sam', role: 'viewer' },
  });
  expect(await swagger.execute('botPausePause')).toMatchObject({
    status: 403,
    body: { code: 'forbidden', detail: expect.stringContaining('operator') },
  });
});

test('when the page is closed a token is forgotten, and a session is not', async () => {
  await swagger.authorize(OPERATOR);
  expect(await swagger.execute('sessionShow')).toMatchObject({ status: 200 });
  await swagger.reload();
  expect(await swagger.execute('sessionShow')).toMatchObject({ status: 401 });
  const kept = await swagger.page.evaluate(() => JSON.stringify([localStorage, sessionStorage]));
  expect(kept).not.toContain(OPERATOR);

  expect(await swagger.execute('sessionBegin', { body: { token: OPERATOR } })).toMatchObject({
    status: 200,
    body: { name: 'kim' },
  });
  await swagger.reload();
  expect(await swagger.execute('botPausePause')).toMatchObject({ status: 200 });
  expect(await swagger.execute('sessionEnd')).toMatchObject({ status: 204 });
  expect(await swagger.execute('botPauseResume')).toMatchObject({ status: 401 });
  expect(swagger.complaints).toEqual([]);
});

function idOf(permit: unknown): { id: string } {
  if (typeof permit === 'object' && permit !== null && 'id' in permit) {
    return { id: String(permit.id) };
  }
  throw new Error(`No permit: ${JSON.stringify(permit)}`);
}
