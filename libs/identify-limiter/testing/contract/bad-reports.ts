import type { LimitsReport } from '@gateway-queue/identify-limiter';
import { describe, expect, test } from 'vitest';
import type { Suite } from './harness.ts';
import { BOT, discordReport, report, start } from './moves.ts';

const NO_NUMBERS = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, -1];

const BAD_REPORTS: [string, LimitsReport][] = [
  ...[0, 1.5, ...NO_NUMBERS].map((value) => bad('maxConcurrency', report(value))),
  ...[0, 1.5, ...NO_NUMBERS].map((value) =>
    bad('discordMaxConcurrency', report(2, { discordMaxConcurrency: value })),
  ),
  // Two shards of one of Discord's 16 buckets would be in two of ours.
  ...[10, 12, 32].map((value) =>
    bad('maxConcurrency', report(value, { discordMaxConcurrency: 16 })),
  ),
  ...[1.5, ...NO_NUMBERS].map((value) => bad('total', report(2, { total: value }))),
  ...[1.5, ...NO_NUMBERS].map((value) => bad('budget.remaining', discordReport(2, value))),
  ...NO_NUMBERS.map((value) =>
    bad('budget.resetInMs', discordReport(2, 500, { resetInMs: value })),
  ),
  ...NO_NUMBERS.map((value) =>
    bad('budget.askedMsAgo', discordReport(2, 500, { askedMsAgo: value })),
  ),
];

export function unusableReports(suite: Suite): void {
  describe('unusable reports', () => {
    test.each(BAD_REPORTS)(
      'an impossible %s is rejected and nothing changes: %o',
      async (...row) => {
        const [member, limits] = row;
        const limiter = (await start(suite)).replica();
        await expectRejected();
        expect(await limiter.limits(BOT)).toBeUndefined();
        const before = await limiter.setLimits(BOT, discordReport(1, 700));
        await expectRejected();
        expect(await limiter.limits(BOT)).toEqual(before);

        async function expectRejected() {
          const failure = await limiter.setLimits(BOT, limits).catch((error: unknown) => error);
          expect(failure).toBeInstanceOf(RangeError);
          expect(String(failure)).toContain(member);
        }
      },
    );
  });
}

function bad(member: string, limits: LimitsReport): [string, LimitsReport] {
  return [member, limits];
}
