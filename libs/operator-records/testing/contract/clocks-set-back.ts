import { describe, expect, test } from 'vitest';
import { momentNow, type Suite, withHarness } from './harness.ts';
import { ANA, BOT, hash, LIMITS, record } from './samples.ts';

const HOUR_MS = 3_600_000;

export function clocksSetBack(suite: Suite): void {
  describe('with the clock set back', () => {
    test('entries keep their order, and tell the time as it is', () =>
      withHarness(suite, async ({ records: { audit }, jumpClock }) => {
        const before = await audit.append(record());
        jumpClock(-HOUR_MS);
        const after = await audit.append(record());
        expect(after.id).toBeGreaterThan(before.id);
        expect(after.at).toBe(before.at - HOUR_MS);
        expect(await audit.page({}, 10)).toEqual([after, before]);
      }));

    test('an override has a version that none had before', () =>
      withHarness(suite, async ({ records: { overrides }, jumpClock }) => {
        const before = await overrides.set(BOT, LIMITS);
        jumpClock(-HOUR_MS);
        const after = await overrides.set(BOT, LIMITS, before?.version);
        expect(after?.version).toBeGreaterThan(before?.version ?? Infinity);
      }));

    test('sessions are found, and a report is not from the future', () =>
      withHarness(suite, async ({ records, jumpClock }) => {
        const { reports, sessions } = records;
        const session = await sessions.begin(hash(1), ANA, HOUR_MS);
        await reports.report('a', 1, HOUR_MS);
        jumpClock(-HOUR_MS);
        expect(await sessions.find(hash(1))).toEqual(session);
        const reportedAt = await momentNow(records);
        expect(await reports.all()).toEqual([{ replica: 'a', report: 1, reportedAt }]);
      }));
  });
}
