import { describe, expect, test } from 'vitest';
import { type Suite, testNeeding, withHarness } from './harness.ts';
import { record } from './samples.ts';

export function auditing(suite: Suite): void {
  describe('audit log', () => {
    test('an entry is what happened, and when', () =>
      withHarness(suite, async ({ records: { audit }, advance }) => {
        const first = await audit.append(record());
        expect(first).toEqual({ ...record(), id: first.id, at: first.at });
        expect([first.id, first.at].every(Number.isSafeInteger)).toBe(true);
        await advance(1500);
        const failedLogin = record({ action: 'login-failed', by: null, bot: null, reason: null });
        const second = await audit.append(failedLogin);
        expect(second).toEqual({ ...failedLogin, id: second.id, at: first.at + 1500 });
        expect(await audit.page({}, 10)).toEqual([second, first]);
      }));

    test('ids are whole numbers and grow, also between entries of one moment', () =>
      withHarness(suite, async ({ records: { audit } }) => {
        const entries = [];
        for (let n = 0; n < 20; n++) entries.push(await audit.append(record()));
        const ids = entries.map(({ id }) => id);
        expect(ids.every(Number.isSafeInteger)).toBe(true);
        expect(ids).toEqual([...new Set(ids)].toSorted((a, b) => a - b));
      }));

    test('entries of the same time are all kept', () =>
      withHarness(suite, async ({ records: { audit } }) => {
        const targets = Array.from({ length: 50 }, (_, n) => `waiter-${n}`);
        await Promise.all(targets.map((target) => audit.append(record({ target }))));
        const kept = (await audit.page({}, 100)).map(({ target }) => target);
        expect(new Set(kept)).toEqual(new Set(targets));
        expect(kept).toHaveLength(50);
      }));

    test('bucket 0 and no bucket are not the same', () =>
      withHarness(suite, async ({ records: { audit } }) => {
        const ofBucket = await audit.append(record({ bucket: 0 }));
        await audit.append(record({ bucket: null }));
        expect(await audit.page({ bucket: 0 }, 10)).toEqual([ofBucket]);
      }));

    test('nothing is kept but what a record has', () =>
      withHarness(suite, async ({ records: { audit } }) => {
        const more = { ...record(), token: 's3cret' };
        expect(await audit.append(more)).not.toHaveProperty('token');
        expect((await audit.page({}, 1))[0]).not.toHaveProperty('token');
      }));

    testNeeding(suite, 'restart')('entries outlive a restart, and ids go on growing', () =>
      withHarness(suite, async (harness) => {
        const before = await harness.records.audit.append(record());
        await harness.restart();
        const after = await harness.records.audit.append(record({ action: 'resume' }));
        expect(after.id).toBeGreaterThan(before.id);
        expect(await harness.records.audit.page({}, 10)).toEqual([after, before]);
      }),
    );
  });
}
