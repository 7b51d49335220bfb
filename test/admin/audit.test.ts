import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';

import type { AuditEntryBody } from '../../apps/gateway-queue/src/admin/audit/audit-entry.body.ts';
import type { WaitersBody } from '../../apps/gateway-queue/src/admin/waiters/waiter.body.ts';
import { type AdminAnswer, AdminClient } from '../support/admin/admin-client.ts';
import { auditPage } from '../support/admin/audit-pages.ts';
import { logIn } from '../support/admin/log-in.ts';
import { ADMIN_TOKENS, CANARY, WRONG_TOKEN } from '../support/admin/operators.ts';
import { makeDataDir, removeDataDirs } from '../support/state/data-dirs.ts';
import { askFor } from '../support/http/held-request.ts';
import { startService, type Service } from '../support/service/service.ts';

/** Until a list says what is, ms: it may be a second old. */
const SEEN = { interval: 50, timeout: 10_000 };

const WHY = { reason: 'Discord has an incident' };
const OVER = 'reason=The+incident+is+over';

/** What {@link OVER} says. */
const RESUMED = { reason: 'The incident is over' };

const BOT = { bot: 'default' };

/** How many wrong tokens an address may try in a minute. No setting changes it. */
const MAX_ATTEMPTS = 10;

let dataDir: string;
let service: Service;
beforeEach(async () => {
  dataDir = await makeDataDir();
});
afterEach(async () => {
  await service.kill();
  await removeDataDirs();
});

async function start(settings: Readonly<Record<string, string>> = {}): Promise<void> {
  service = await startService({ ADMIN_TOKENS, DATA_DIR: dataDir, ...settings });
}

async function allEntries(): Promise<readonly AuditEntryBody[]> {
  return (await auditPage(AdminClient.as('eve', service))).items;
}

/** An entry of what this operator did from here, without what differs each time. */
function entry(action: string, by: string | undefined, more: object = {}): object {
  return {
    id: expect.any(Number),
    at: expect.any(Number),
    from: '127.0.0.1',
    action,
    ...(by !== undefined && { by }),
    details: {},
    ...more,
  };
}

async function accepted(answer: Promise<AdminAnswer>): Promise<void> {
  expect((await answer).status).toBeLessThan(300);
}

/** Does everything there is to do, once. Resolves with what the audit log has to say of it, oldest first. */
async function doEverything(): Promise<object[]> {
  const [ada, kim] = [AdminClient.as('ada', service), AdminClient.as('kim', service)];
  await accepted(ada.put('/bots/default/pause', WHY));
  await accepted(kim.put('/bots/default/buckets/0/pause', { ...WHY, durationMs: 60_000 }));

  const held = askFor(service.url, 0);
  const waiter = await vi.waitFor(async () => {
    const { items } = await kim.read<WaitersBody>('/bots/default/waiters');
    const [first] = items;
    if (first === undefined) throw new Error('No shard waits');
    return first;
  }, SEEN);
  await accepted(kim.delete(`/bots/default/waiters/${encodeURIComponent(waiter.id)}?${OVER}`));
  await held.closed;

  await accepted(ada.delete(`/bots/default/buckets/0/pause?${OVER}`));
  await accepted(kim.delete('/bots/default/pause'));
  await accepted(ada.put('/bots/default/limits/override', { maxConcurrency: 4, ...WHY }));
  await accepted(kim.delete(`/bots/default/limits/override?${OVER}`));
  await accepted(ada.post('/bots/default/refreshes'));
  const session = await logIn('kim', service);
  await accepted(session.client.put('/bots/default/pause', WHY));
  await accepted(session.client.delete('/session'));

  const { replica } = waiter;
  return [
    entry('pause', 'ada', { ...BOT, ...WHY, details: { durationMs: null } }),
    entry('pause', 'kim', { ...BOT, bucket: 0, ...WHY, details: { durationMs: 60_000 } }),
    entry('evict', 'kim', {
      ...BOT,
      target: waiter.id,
      ...RESUMED,
      details: { shard: 0, replica },
    }),
    entry('resume', 'ada', { ...BOT, bucket: 0, ...RESUMED }),
    entry('resume', 'kim', BOT),
    entry('override-limits', 'ada', { ...BOT, ...WHY, details: { maxConcurrency: 4 } }),
    entry('lift-override', 'kim', { ...BOT, ...RESUMED }),
    entry('refresh', 'ada', BOT),
    entry('login', 'kim', { details: { role: 'operator' } }),
    entry('pause', 'kim', { ...BOT, ...WHY, details: { durationMs: null } }),
    entry('logout', 'kim'),
  ];
}

/** Everything that is kept in the data directory, as it lies there. */
async function storedBytes(): Promise<Buffer> {
  const names = await readdir(dataDir);
  return Buffer.concat(await Promise.all(names.map((name) => readFile(join(dataDir, name)))));
}

test('the audit log has each change with operator, action, reason and address, and keeps it over a kill', async () => {
  await start();
  const done = await doEverything();
  const entries = await allEntries();
  expect(entries).toEqual(done.toReversed());
  const ids = entries.map(({ id }) => id);
  expect(ids).toEqual([...new Set(ids)].toSorted((a, b) => b - a));

  await service.kill();
  await start();
  expect(await allEntries()).toEqual(entries);
  const { status } = await AdminClient.as('ada', service).delete('/bots/default/pause');
  expect(status).toBe(204);
  expect(await allEntries()).toEqual([entry('resume', 'ada', BOT), ...entries]);
});

test('the service logs each change too, and no token is in either log', async () => {
  await start();
  const done = await doEverything();
  const session = await logIn('eve', service);
  const entries = await allEntries();
  const logged = service.logs.filter(({ context }) =>
    ['Operators', 'Access'].includes(String(context)),
  );
  expect(logged).toHaveLength(done.length + 1);
  for (const { action, by, from, id: _id, at: _at, details: _details, ...rest } of entries) {
    const line =
      action === 'login' || action === 'logout' ? { by, from } : { action, by, from, ...rest };
    expect(logged).toContainEqual(expect.objectContaining(line));
  }

  const stored = await storedBytes();
  expect(stored.includes('Discord has an incident')).toBe(true);
  for (const secret of [CANARY, session.secret]) {
    expect(service.output()).not.toContain(secret);
    expect(JSON.stringify(entries)).not.toContain(secret);
    expect(stored.includes(secret)).toBe(false);
  }
});

test('each failed login is in both logs, until its address is locked out', async () => {
  await start();
  const anonymous = AdminClient.with({}, service);
  const statuses: number[] = [];
  for (let attempt = 0; attempt < MAX_ATTEMPTS + 2; attempt += 1) {
    statuses.push((await anonymous.post('/session', { token: WRONG_TOKEN })).status);
  }
  expect(statuses).toEqual([...Array<number>(MAX_ATTEMPTS).fill(401), 429, 429]);
  // Those who are right are locked out with them, so the log is read by another process.
  expect((await AdminClient.as('eve', service).get('/audit')).status).toBe(429);
  await service.kill();
  expect(service.logs.filter(({ msg }) => msg === 'A client sent a wrong token')).toHaveLength(
    MAX_ATTEMPTS,
  );
  expect(service.output()).not.toContain(CANARY);

  await start();
  const failed = entry('login-failed', undefined, { details: { credentials: 'login' } });
  expect(await allEntries()).toEqual(Array<object>(MAX_ATTEMPTS).fill(failed));
});

test('behind a trusted proxy the audit log has the address that the proxy names', async () => {
  const forwarded = { 'x-forwarded-for': '192.0.2.7' };
  const pause = async (): Promise<void> => {
    const ada = AdminClient.as('ada', service);
    expect((await ada.call('PUT', '/bots/default/pause', WHY, forwarded)).status).toBe(200);
  };
  await start();
  await pause();
  await service.kill();
  await start({ TRUST_PROXY: 'true' });
  await pause();
  expect((await allEntries()).map(({ from }) => from)).toEqual(['192.0.2.7', '127.0.0.1']);
});

test('the audit log can be filtered by action, operator, bot or bucket', async () => {
  await start();
  const done = await doEverything();
  const eve = AdminClient.as('eve', service);
  const actions = async (filter: Readonly<Record<string, string | number>>): Promise<string[]> =>
    (await auditPage(eve, filter)).items.map(({ action }) => action);
  expect(await actions({ action: 'evict' })).toEqual(['evict']);
  expect(await actions({ by: 'ada' })).toEqual(['refresh', 'override-limits', 'resume', 'pause']);
  expect(await actions({ bucket: 0 })).toEqual(['resume', 'pause']);
  expect(await actions({ bot: 'default' })).toHaveLength(done.length - 2);
  expect(await actions({ bot: 'default', by: 'kim', action: 'pause' })).toEqual(['pause', 'pause']);
  expect(await actions({ bot: 'nobody' })).toEqual([]);
});
