import {
  ACCESS_KEPT,
  AUDIT_KEPT,
  type AuditLog,
  type AuditRecord,
} from '@gateway-queue/operator-records';
import { describe, expect, test } from 'vitest';
import { type Suite, withHarness } from './harness.ts';
import { record } from './samples.ts';

/** How many appends are under way at once. */
const TOGETHER = 500;

export function auditBounds(suite: Suite): void {
  describe('bounds of the audit log', () => {
    test(
      'P10 the newest are kept, and the oldest of them is found among all others',
      { timeout: 60_000 },
      () =>
        withHarness(suite, async ({ records: { audit } }) => {
          await audit.append(record({ by: 'dropped' }));
          const oldest = await audit.append(record({ by: 'rare', target: 'oldest' }));
          await appendMany(audit, AUDIT_KEPT - 2);
          const newest = await audit.append(record({ by: 'rare', target: 'newest' }));

          expect(await audit.page({ by: 'rare' }, 10)).toEqual([newest, oldest]);
          expect(await audit.page({ by: 'rare' }, 1, newest.id)).toEqual([oldest]);
          expect(await audit.page({ by: 'dropped' }, 10)).toEqual([]);
          const all = await audit.page({}, AUDIT_KEPT + 10);
          expect(all).toHaveLength(AUDIT_KEPT);
          expect(all.at(-1)).toEqual(oldest);

          await audit.append(record());
          expect(await audit.page({ by: 'rare' }, 10)).toEqual([newest]);
        }),
    );

    test.for(['login', 'login-failed', 'logout'] as const)(
      'P10 however often there is a %s, no change is dropped for it',
      { timeout: 60_000 },
      (action) =>
        withHarness(suite, async ({ records: { audit } }) => {
          const change = await audit.append(record({ by: 'rare' }));
          await audit.append(record({ action, target: 'dropped' }));
          const oldest = await audit.append(record({ action, target: 'oldest' }));
          await appendMany(audit, ACCESS_KEPT - 1, { action });

          const ofAccess = await audit.page({ action }, AUDIT_KEPT);
          expect(ofAccess).toHaveLength(ACCESS_KEPT);
          expect(ofAccess.at(-1)).toEqual(oldest);
          expect((await audit.page({}, AUDIT_KEPT)).at(-1)).toEqual(change);
          expect(await audit.page({ by: 'rare' }, 10)).toEqual([change]);
        }),
    );

    test(
      'P10 logins, failed logins and logouts count together, and no change pushes them out',
      { timeout: 60_000 },
      () =>
        withHarness(suite, async ({ records: { audit } }) => {
          await audit.append(record({ action: 'login', by: 'dropped' }));
          const oldest = await audit.append(record({ action: 'logout', by: 'rare' }));
          await appendMany(audit, ACCESS_KEPT - 1, { action: 'login-failed' });
          await appendMany(audit, AUDIT_KEPT + 1);

          expect(await audit.page({ by: 'dropped' }, 10)).toEqual([]);
          expect(await audit.page({ by: 'rare' }, 10)).toEqual([oldest]);
          const all = await audit.page({}, AUDIT_KEPT + ACCESS_KEPT + 10);
          expect(all).toHaveLength(AUDIT_KEPT + ACCESS_KEPT);
        }),
    );
  });
}

async function appendMany(
  audit: AuditLog,
  count: number,
  rest: Partial<AuditRecord> = {},
): Promise<void> {
  for (let done = 0; done < count; done += TOGETHER) {
    const now = Math.min(TOGETHER, count - done);
    await Promise.all(Array.from({ length: now }, () => audit.append(record(rest))));
  }
}
