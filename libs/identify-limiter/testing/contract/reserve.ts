import { SESSION_WINDOW_MS } from '@gateway-queue/identify-limiter';
import { describe, expect, test } from 'vitest';
import { RESET_SLACK_MS } from './counting.ts';
import { type Limiter, type Suite, testNeeding } from './harness.ts';
import {
  aPermit,
  attempt,
  BOT,
  denial,
  discordReport,
  enterOne,
  grant,
  grantPending,
  MOMENT_MS,
  OTHER_BOT,
  remaining,
  report,
  startOpen,
  tryAtOnce,
  tryNew,
} from './moves.ts';

const ten = { reserveOf: () => 10 };

function threeOfOne(bot: string): number {
  return bot === BOT ? 3 : 0;
}

export function reserve(suite: Suite): void {
  const restartTest = testNeeding(suite, 'restart');
  describe('reserve', () => {
    test('P3 permits never take the budget under the reserve, and the denial lasts until the reset', async () => {
      const harness = await startOpen(suite, 16, {}, ten);
      const limiter = harness.replica();
      await limiter.setLimits(BOT, discordReport(16, 12, { resetInMs: 60_000 }));
      await grant(limiter, 0);
      await grant(limiter, 1);
      const waiter = await enterOne(limiter, 2);
      expect(await attempt(limiter, waiter)).toEqual(denial('budget', 60_000 + RESET_SLACK_MS));
      expect(await remaining(limiter)).toBe(10);
      await harness.advance(60_000 + RESET_SLACK_MS - MOMENT_MS);
      expect(await attempt(limiter, waiter)).toEqual(denial('budget', MOMENT_MS));
      await harness.advance(MOMENT_MS);
      expect(await attempt(limiter, waiter)).toEqual(aPermit);
    });

    test('P3 a total that is all reserve gives no permit, and says that waiting does not help', async () => {
      const harness = await startOpen(suite, 2, { total: 10 }, ten);
      expect(await tryNew(harness.replica(), 0)).toEqual(denial('budget', null));
      await harness.replica().setLimits(BOT, report(2, { total: 11 }));
      expect(await tryNew(harness.replica(), 0)).toEqual(aPermit);
      expect(await tryNew(harness.replica(), 1)).toEqual(denial('budget', SESSION_WINDOW_MS));
    });

    test('P3 every bot has its own reserve', async () => {
      const harness = await startOpen(suite, 4, { total: 4 }, { reserveOf: threeOfOne });
      const limiter = harness.replica();
      await limiter.setLimits(OTHER_BOT, report(4, { total: 1 }));
      await harness.advance(harness.intervalMs);
      await grant(limiter, 0);
      expect(await tryNew(limiter, 1)).toMatchObject({ reason: 'budget' });
      await grant(limiter, 0, { bot: OTHER_BOT });
      expect(await remaining(limiter, OTHER_BOT)).toBe(0);
    });

    test('P3 a start that is released above the reserve can be granted again', async () => {
      const harness = await startOpen(suite, 4, { total: 11 }, ten);
      const limiter = harness.replica();
      const unused = await grantPending(limiter, 0);
      expect(await tryNew(limiter, 1)).toMatchObject({ reason: 'budget' });
      await limiter.release(BOT, unused.id);
      expect(await tryNew(limiter, 1)).toEqual(aPermit);
    });

    test('P3 many replicas at the same moment keep the reserve', async () => {
      const harness = await startOpen(suite, 16, { total: 13 }, ten);
      const replicas = Array.from({ length: 16 }, (_, index) => harness.replica(`r${index % 3}`));
      const answers = await tryAtOnce(replicas);
      expect(answers.filter((answer) => answer.granted)).toHaveLength(3);
      expect(await remaining(harness.replica())).toBe(10);
    });

    restartTest('P3 the reserve holds over a restart, and a larger one from then on', async () => {
      const harness = await startOpen(suite, 4, { total: 12 }, ten);
      await grant(harness.replica(), 0);
      await harness.restart({ downMs: 1000 });
      await grant(harness.replica(), 1);
      expect(await tryNew(harness.replica(), 2)).toMatchObject({ reason: 'budget' });
      await harness.restart({ rules: { reserveOf: () => 0 } });
      await harness.advance(harness.deadReplicaMs);
      await grant(harness.replica(), 2);
      await harness.restart({ rules: { reserveOf: () => 9 } });
      expect(await tryNew(harness.replica(), 3)).toMatchObject({ reason: 'budget' });
    });

    test.each([0, 1500, 9000])(
      'P3 with answers of Discord that are %d ms behind, three replicas together keep the reserve',
      async (lagMs) => {
        const harness = await startOpen(suite, 16, {}, ten);
        const replicas = ['a', 'b', 'c'].map((name) => harness.replica(name));
        const starts: number[] = [];
        let now = 0;
        const refresh = async (limiter: Limiter) => {
          const counted = starts.filter((at) => at <= now - lagMs).length;
          await limiter.setLimits(BOT, discordReport(16, 40 - counted));
        };
        await refresh(harness.replica());
        for (let round = 0; round < 40; round++) {
          for (const [index, replica] of replicas.entries()) {
            const answer = await tryNew(replica, (round * 7 + index * 3) % 16);
            if (answer.granted) starts.push(now);
            // No other replica may wait behind this head while its replica is away.
            await replica.withdrawHead(BOT, (round * 7 + index * 3) % 16);
          }
          await harness.advance(700);
          now += 700;
          if (round % 3 === 2) await refresh(replicas[round % 2] ?? harness.replica());
          expect(starts.length).toBeLessThanOrEqual(30);
        }
        expect(starts).toHaveLength(30);
        await harness.advance(3_600_000 + RESET_SLACK_MS);
        expect(await tryNew(harness.replica('a'), 0)).toEqual(aPermit);
      },
    );
  });
}
