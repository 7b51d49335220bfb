import { describe, expect, test } from 'vitest';
import { type Suite, testNeeding, withHarness } from './harness.ts';
import { ANA, hash, record } from './samples.ts';

const HOUR_MS = 3_600_000;

export function sessionKeeping(suite: Suite): void {
  describe('sessions', () => {
    test('a session is found from its beginning until it is ended', () =>
      withHarness(suite, async ({ records: { sessions } }) => {
        expect(await sessions.find(hash(1))).toBeUndefined();
        const session = await sessions.begin(hash(1), ANA, HOUR_MS);
        expect(session).toEqual({ ...ANA, expiresAt: session.expiresAt });
        expect(await sessions.find(hash(1))).toEqual(session);
        expect(await sessions.find(hash(2))).toBeUndefined();
        expect(await sessions.end(hash(2))).toBe(false);
        expect(await sessions.end(hash(1))).toBe(true);
        expect(await sessions.find(hash(1))).toBeUndefined();
        expect(await sessions.end(hash(1))).toBe(false);
      }));

    test('a session expires by the clock of the store, which the audit log uses too', () =>
      withHarness(suite, async ({ records: { audit, sessions }, advance }) => {
        const { at } = await audit.append(record());
        const session = await sessions.begin(hash(1), ANA, HOUR_MS);
        expect(session.expiresAt).toBe(at + HOUR_MS);
        await advance(HOUR_MS - 1);
        expect(await sessions.find(hash(1))).toEqual(session);
        await advance(1);
        expect(await sessions.find(hash(1))).toBeUndefined();
        await sessions.begin(hash(2), ANA, HOUR_MS);
        await advance(HOUR_MS);
        expect(await sessions.end(hash(2))).toBe(false);
      }));

    test('a session that begins again lasts from then, with its new members', () =>
      withHarness(suite, async ({ records: { sessions }, advance }) => {
        await sessions.begin(hash(1), ANA, HOUR_MS);
        await advance(HOUR_MS / 2);
        const again = await sessions.begin(hash(1), { ...ANA, role: 'viewer' }, HOUR_MS);
        await advance(HOUR_MS - 1);
        expect(await sessions.find(hash(1))).toEqual(again);
        expect(again.role).toBe('viewer');
      }));

    testNeeding(suite, 'restart')('one outlives a restart, and expires as it would have', () =>
      withHarness(suite, async (harness) => {
        const session = await harness.records.sessions.begin(hash(1), ANA, HOUR_MS);
        await harness.advance(HOUR_MS - 1);
        await harness.restart();
        expect(await harness.records.sessions.find(hash(1))).toEqual(session);
        await harness.restart();
        await harness.advance(1);
        expect(await harness.records.sessions.find(hash(1))).toBeUndefined();
      }),
    );
  });
}
