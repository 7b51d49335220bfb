import { AUDIT_KEPT, type AuditLog } from '@gateway-queue/operator-records';
import { describe, expect, test } from 'vitest';
import { type Suite, withHarness } from './harness.ts';
import { record } from './samples.ts';

/** So many appends are under way at once. */
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
  });
}

async function appendMany(audit: AuditLog, count: number): Promise<void> {
  for (let done = 0; done < count; done += TOGETHER) {
    const now = Math.min(TOGETHER, count - done);
    await Promise.all(Array.from({ length: now }, () => audit.append(record())));
  }
}
