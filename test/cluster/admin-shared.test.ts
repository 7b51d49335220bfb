import { afterEach, expect, test, vi } from 'vitest';

import type { AdminAnswer } from '../support/admin/admin-client.ts';
import { adminAt, adminsOf } from '../support/admin/admin-cluster.ts';
import { allAuditEntries, auditPage } from '../support/admin/audit-pages.ts';
import { openEvents } from '../support/admin/followed-state.ts';
import { logIn } from '../support/admin/log-in.ts';
import { ADMIN_TOKENS } from '../support/admin/operators.ts';
import { Cluster } from '../support/cluster/cluster.ts';

/** Until what one replica was told holds at the others, ms. */
const SEEN = { interval: 50, timeout: 10_000 };

const PAUSE = '/bots/default/buckets/0/pause';

const OVERRIDE = { maxConcurrency: 3, reason: 'Discord raised it' };

let cluster: Cluster | undefined;
afterEach(() => cluster?.end());

async function started(settings: Readonly<Record<string, string>> = {}): Promise<Cluster> {
  cluster = await Cluster.start(3, { IDENTIFY_INTERVAL_MS: '50', ADMIN_TOKENS, ...settings });
  return cluster;
}

/** That the limits are these at every replica. */
async function expectLimits(running: Cluster, limits: object): Promise<void> {
  for (const admin of adminsOf(running)) {
    await vi.waitFor(async () => {
      expect(await admin.read('/bots/default/limits')).toMatchObject(limits);
    }, SEEN);
  }
}

test('an override of limits put at one replica holds at all, also after all restart, until another lifts it', async () => {
  const running = await started();
  const put = await adminAt(running, 0).put('/bots/default/limits/override', OVERRIDE);
  expect(put.status).toBe(200);
  const overridden = {
    limits: { maxConcurrency: 3, source: 'override' },
    override: { ...OVERRIDE, by: 'ada' },
  };
  await expectLimits(running, overridden);

  await Promise.all(running.replicas.map((replica) => replica.kill()));
  running.replicas.length = 0;
  await Promise.all([running.add(), running.add()]);
  await expectLimits(running, overridden);

  const path = '/bots/default/limits/override?reason=It+was+a+mistake';
  const lifted = await adminAt(running, 1).delete(path);
  expect(lifted.status).toBe(204);
  await expectLimits(running, { limits: { maxConcurrency: 1, source: 'default' } });
  for (const admin of adminsOf(running)) {
    expect(await admin.read('/bots/default/limits')).not.toHaveProperty('override');
  }
});

test('when two operators change one override at two replicas, the slower one is refused', async () => {
  const running = await started();
  const path = '/bots/default/limits/override';
  expect((await adminAt(running, 0).put(path, OVERRIDE)).status).toBe(200);
  const seen = await Promise.all(adminsOf(running).map((admin) => admin.get(path)));
  const etags = seen.map(({ headers }) => headers.get('etag'));
  expect(new Set(etags).size).toBe(1);

  const answers = await Promise.all(
    [1, 2].map((index) => {
      const order = { ...OVERRIDE, maxConcurrency: index };
      return adminAt(running, index).call('PUT', path, order, { 'if-match': etags[0] ?? '' });
    }),
  );
  expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 412]);
  const refused = answers.find(({ status }) => status === 412);
  expect(refused?.body).toMatchObject({ status: 412, code: 'outdated' });
  const accepted = answers.find(({ status }) => status === 200);
  expect(await adminAt(running, 0).read(path)).toEqual(accepted?.body);

  const lift = (etag: string | null | undefined): Promise<AdminAnswer> =>
    adminAt(running, 0).call('DELETE', path, undefined, { 'if-match': etag ?? '' });
  expect(await lift(etags[0])).toMatchObject({ status: 412, body: { code: 'outdated' } });
  expect(await adminAt(running, 0).read(path)).toEqual(accepted?.body);
  expect((await lift(accepted?.headers.get('etag'))).status).toBe(204);
});

test('a session that begins at one replica is valid at all, and its end too', async () => {
  const running = await started();
  const { answer, client, credentials } = await logIn('kim', running.replica(0));
  const clients = running.replicas.map((replica) => client.at(replica));
  for (const admin of clients) {
    expect(await admin.read('/session')).toEqual(answer.body);
  }
  const events = await openEvents(running.replica(1), undefined, credentials);
  await events.read('snapshot', 1);
  expect((await client.at(running.replica(2)).delete('/session')).status).toBe(204);
  for (const admin of clients) expect((await admin.get('/session')).status).toBe(401);
  // Long before it would have expired.
  await events.over;
  expect(events.answer.complete).toBe(true);
});

test('the changes of all replicas are in one audit log, newest first, in pages without gap or repeat', async () => {
  const running = await started();
  const admins = adminsOf(running);
  const reasons = Array.from({ length: 40 }, (_none, index) => `Reason ${index}`);
  for (const [index, reason] of reasons.entries()) {
    const admin = adminAt(running, index % 3);
    const { status } = await admin.put(PAUSE, { reason });
    expect(status).toBe(200);
  }
  const newestFirst = reasons.toReversed();
  for (const admin of admins) {
    const { items } = await auditPage(admin, { action: 'pause', limit: 100 });
    expect(items.map(({ reason }) => reason)).toEqual(newestFirst);
  }

  // An operator makes changes while the pages are read.
  let busy = 0;
  const entries = await allAuditEntries(admins, 7, async () => {
    busy += 1;
    const again = { reason: `Busy ${busy}` };
    const answers = await Promise.all(admins.map((admin) => admin.put(PAUSE, again)));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
  });
  expect(busy).toBeGreaterThan(4);
  expect(entries.map(({ reason }) => reason)).toEqual(newestFirst);
  const ids = entries.map(({ id }) => id);
  expect(ids).toEqual([...new Set(ids)].toSorted((a, b) => b - a));
});
