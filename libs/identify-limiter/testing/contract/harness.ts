import type {
  IdentifyLimiter,
  LimiterControl,
  LimiterRules,
  LimiterView,
} from '@gateway-queue/identify-limiter';
import { test } from 'vitest';

export type Limiter = IdentifyLimiter & LimiterControl & LimiterView;

/** What happens between the end of all replicas and their new start. With no member: nothing, and at once. */
export interface RestartOptions {
  /** Time that passes while nothing runs. */
  readonly downMs?: number;
  /** Moves the wall clock alone meanwhile; a limiter that reads no wall clock may ignore it. */
  readonly wallJumpMs?: number;
  /** The machine reboots, which takes so long: time goes on, counted on another timeline. */
  readonly rebootDownMs?: number;
  /** What is another from then on; `rules` and `intervalMs` of the harness follow. */
  readonly rules?: Partial<LimiterRules>;
}

/**
 * A limiter under test, with new state and a clock that only the test moves. After it was made the
 * limiter has still to wait for one interval, since new state may be lost state.
 */
export interface LimiterHarness {
  /** The replica with this name, over the shared state. One instance for each name, until the next restart. */
  replica(name?: string): Limiter;

  /** Moves the limiter's clock on. */
  advance(ms: number): Promise<void>;

  /** Moves the wall clock alone; does nothing where the limiter reads none. */
  jumpWall(byMs: number): void;

  /** Ends every replica as `kill -9` would, tidying up nothing, and starts again over the same state. */
  restart(options?: RestartOptions): Promise<void>;

  /** What the limiter goes by now. */
  readonly rules: LimiterRules;
  /** The time between two permits of a bucket that need not be confirmed: the interval with the margin. */
  readonly intervalMs: number;
  readonly placeTtlMs: number;
  /** A dead replica may be taken for alive for so long: until then its head holds others up, and its ranks are no places. */
  readonly deadReplicaMs: number;
  /** After a change of limits the limiter may wait so long for the replicas to tell their heads. */
  readonly settleMs: number;
  /** Left places that are kept at most. From 8 to 64 keeps the suite both meaningful and quick. */
  readonly maxPlaces: number;

  dispose(): Promise<void>;
}

/** How a harness is to differ from {@link DEFAULT_RULES}. */
export interface HarnessOptions {
  readonly rules?: Partial<LimiterRules>;
}

/**
 * What a harness goes by unless it is told otherwise. No reserve: what tests of the budget count is all of it.
 * No throttling either, since with a share of nothing the budget is gone before it works.
 */
export const DEFAULT_RULES: LimiterRules = {
  intervalMs: 5000,
  marginMs: 250,
  confirmTimeoutMs: 10_000,
  reserveOf: () => 0,
  crashLoop: { burst: 5, windowMs: 900_000, below: 0 },
};

/**
 * What a limiter may be unable to show. Tests that need it are reported as skipped.
 *
 * - `restart`: it keeps its state over {@link LimiterHarness.restart}
 * - `reboot`: so it does over one that has `rebootDownMs`
 */
export type Capability = 'restart' | 'reboot';

/** What every part of the contract is given. */
export interface Suite {
  readonly makeHarness: (options?: HarnessOptions) => Promise<LimiterHarness>;
  readonly lacks: readonly Capability[];
}

/** What registers tests that need a capability. */
export function testNeeding(suite: Suite, capability: Capability): ReturnType<typeof test.skipIf> {
  // oxlint-disable-next-line vitest/expect-expect, vitest/no-disabled-tests, vitest/valid-title -- it registers none itself
  return test.skipIf(suite.lacks.includes(capability));
}
