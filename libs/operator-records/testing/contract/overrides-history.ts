import type { LimitsOverrides } from '@gateway-queue/operator-records';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Suite, withHarness } from './harness.ts';
import { BOT, LIMITS, OTHER_BOT } from './samples.ts';

const RUNS = 60;

const bots = fc.constantFrom(BOT, OTHER_BOT);

/** One step: how many ms pass, and what is done to which bot then. */
const steps = fc.record({
  bot: bots,
  afterMs: fc.integer({ min: 0, max: 3 }),
  /** Puts an override, or lifts it. */
  does: fc.oneof(fc.constant('lift' as const), fc.integer({ min: 1, max: 64 })),
  /** How many versions ago the caller read the override; `none`: before the first one; `any`: the caller does not say. */
  seen: fc.oneof(fc.integer({ min: 0, max: 2 }), fc.constantFrom('none', 'any')),
});

type Step = typeof steps extends fc.Arbitrary<infer T> ? T : never;

export function overridesOfAnyHistory(suite: Suite): void {
  describe('overrides of limits in any history', () => {
    test(
      'only a caller that knows the version that holds changes it, and no version comes twice',
      { timeout: 30_000 },
      async () => {
        const histories = fc.array(steps, { minLength: 1, maxLength: 25 });
        const property = fc.asyncProperty(histories, (history) =>
          withHarness(suite, async ({ records: { overrides }, advance }) => {
            const known = new Map([BOT, OTHER_BOT].map((bot) => [bot, new Known()]));
            for (const step of history) {
              await advance(step.afterMs);
              const its = known.get(step.bot) ?? new Known();
              const { found, expected } = await its.take(step, overrides);
              expect(found).toEqual(expected);
              const holding = await overrides.of(step.bot);
              expect(holding && { ...holding, since: undefined }).toEqual(its.holds);
            }
          }),
        );
        await fc.assert(property, { numRuns: RUNS });
      },
    );
  });
}

/** What is expected of one bot. */
class Known {
  holds: (typeof LIMITS & { version: number }) | undefined;
  readonly #versions: number[] = [];

  async take({ bot, does, seen }: Step, overrides: LimitsOverrides): Promise<Outcome> {
    const ifVersion = this.#asSeen(seen);
    const isRefused = ifVersion !== undefined && ifVersion !== (this.holds?.version ?? 0);
    if (does === 'lift') {
      const done = this.holds === undefined ? 'none' : 'lifted';
      if (!isRefused) this.holds = undefined;
      const found = await overrides.lift(bot, ifVersion);
      return { found, expected: isRefused ? 'outdated' : done };
    }
    const limits = { ...LIMITS, maxConcurrency: does };
    const done = await overrides.set(bot, limits, ifVersion);
    const version = done?.version ?? 0;
    if (!isRefused) this.holds = { ...limits, version };
    const isNew = version > (this.#versions.at(-1) ?? 0);
    if (!isRefused) this.#versions.push(version);
    return {
      found: { maxConcurrency: done?.maxConcurrency, isNew },
      expected: isRefused
        ? { maxConcurrency: undefined, isNew: false }
        : { maxConcurrency: does, isNew: true },
    };
  }

  #asSeen(seen: number | string): number | undefined {
    if (typeof seen === 'number') return this.#versions.at(-1 - seen) ?? 0;
    return seen === 'any' ? undefined : 0;
  }
}

interface Outcome {
  readonly found: unknown;
  readonly expected: unknown;
}
