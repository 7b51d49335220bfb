import { describe, expect, test } from 'vitest';
import { type Limiter, type Suite, testNeeding } from './harness.ts';
import { BOT, discordReport, OTHER_BOT, report, start } from './moves.ts';

export function limitsAndVersions(suite: Suite): void {
  const restartTest = testNeeding(suite, 'restart');
  describe('limits and their versions', () => {
    test('limits are unknown until they are reported', async () => {
      const limiter = (await start(suite)).replica();
      expect(await limiter.limits(BOT)).toBeUndefined();
      await limiter.setLimits(BOT, report(1));
      expect(await limiter.limits(OTHER_BOT)).toBeUndefined();
    });

    test('limits are those of the last report, with its source and moment, at every replica', async () => {
      const harness = await start(suite);
      const told = await harness.replica('a').setLimits(BOT, report(16, { source: 'override' }));
      expect(told).toEqual({
        version: told.version,
        maxConcurrency: 16,
        discordMaxConcurrency: null,
        total: 1000,
        remaining: 1000,
        resetInMs: null,
        source: 'override',
        countedByDiscord: false,
      });
      expect(await limitsAgeMs(harness.replica('a'))).toBe(0);
      await harness.advance(1000.5);
      expect(await harness.replica('b').limits(BOT)).toEqual(told);
      expect(await limitsAgeMs(harness.replica('b'))).toBe(1000.5);
      await harness.replica('b').setLimits(BOT, discordReport(16, 700));
      expect(await harness.replica('a').limits(BOT)).toMatchObject({
        source: 'discord',
        remaining: 700,
        countedByDiscord: true,
      });
      expect(await limitsAgeMs(harness.replica('a'))).toBe(0);
      expect(await harness.replica('a').setLimits(BOT, report(16))).toMatchObject({
        remaining: 700,
        countedByDiscord: true,
      });
    });

    test("Discord's max_concurrency is beside the one that holds, until a report does not know it", async () => {
      const harness = await start(suite);
      const known = { maxConcurrency: 4, discordMaxConcurrency: 16 };
      const told = await harness
        .replica('a')
        .setLimits(BOT, { ...discordReport(4, 700), ...known, source: 'override' });
      expect(told).toMatchObject(known);
      const { version } = told;
      expect(await harness.replica('b').limits(BOT)).toMatchObject(known);
      expect((await harness.replica('b').view(BOT)).limits).toMatchObject(known);
      const other = { ...report(4), discordMaxConcurrency: 12 };
      expect(await harness.replica('b').setLimits(BOT, other)).toMatchObject({
        version,
        discordMaxConcurrency: 12,
      });
      await harness.replica('a').setLimits(BOT, report(4));
      expect(await harness.replica('b').limits(BOT)).toMatchObject({
        version,
        discordMaxConcurrency: null,
      });
    });

    test('the version is never 0, and changes when max_concurrency does and only then', async () => {
      const limiter = (await start(suite)).replica();
      let last = 0;
      for (const maxConcurrency of [1, 16, 3, 1, 16]) {
        const { version } = await limiter.setLimits(BOT, report(maxConcurrency));
        expect(version).not.toBe(0);
        expect(version).not.toBe(last);
        const again = await limiter.setLimits(
          BOT,
          discordReport(maxConcurrency, 5, { total: 2000 }),
        );
        expect(again.version).toBe(version);
        last = version;
      }
    });

    restartTest('limits and their version outlive a restart, and get older meanwhile', async () => {
      const harness = await start(suite);
      const told = await harness.replica().setLimits(BOT, discordReport(16, 700));
      await harness.restart({ downMs: 1000, wallJumpMs: 3_600_000 });
      expect(await harness.replica().limits(BOT)).toEqual({
        ...told,
        resetInMs: (told.resetInMs ?? 0) - 1000,
      });
      expect(await limitsAgeMs(harness.replica())).toBe(1000);
      const again = await harness.replica().setLimits(BOT, discordReport(16, 700));
      expect(again.version).toBe(told.version);
    });

    test.skipIf(suite.lacks.includes('reboot'))('limits outlive a reboot', async () => {
      const harness = await start(suite);
      const told = await harness.replica().setLimits(BOT, discordReport(16, 700));
      await harness.restart({ rebootDownMs: 60_000 });
      const { version } = told;
      const now = await harness.replica().limits(BOT);
      expect(now).toMatchObject({ version, maxConcurrency: 16, total: 1000, remaining: 700 });
      expect(await limitsAgeMs(harness.replica())).toBeGreaterThanOrEqual(0);
      expect(now?.resetInMs).toBeGreaterThan(0);
    });
  });
}

/** How long ago the limits were reported. */
async function limitsAgeMs(limiter: Limiter): Promise<number> {
  const { limits, now } = await limiter.view(BOT);
  return now - (limits?.reportedAt ?? NaN);
}
