import type { IdentifyLimiter, LimiterControl } from '@gateway-queue/identify-limiter';

export type Limiter = IdentifyLimiter & LimiterControl;

/** What happens between the end of all replicas and their new start. With no member: nothing, and at once. */
export interface RestartOptions {
  /** Time that passes while nothing runs. */
  readonly downMs?: number;
  /** Moves the wall clock alone meanwhile; a limiter that reads no wall clock may ignore it. */
  readonly wallJumpMs?: number;
  /** The machine reboots, which takes so long: time goes on, counted on another timeline. */
  readonly rebootDownMs?: number;
  /** `IDENTIFY_INTERVAL_MS` from then on; `intervalMs` of the harness follows. */
  readonly identifyIntervalMs?: number;
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

  /** The whole interval between two permits of a bucket, margin included, as configured now. */
  readonly intervalMs: number;
  readonly placeTtlMs: number;
  /** Left places that are kept at most. From 8 to 64 keeps the suite both meaningful and quick. */
  readonly maxPlaces: number;

  dispose(): Promise<void>;
}

/** What a limiter may be unable to show. Tests that need it are reported as skipped. */
export type Capability = 'reboot';

/** What every part of the contract is given. */
export interface Suite {
  readonly makeHarness: () => Promise<LimiterHarness>;
  readonly lacks: readonly Capability[];
}

/** A dead replica's head holds nobody up for longer than this, and its ranks are places by then (DESIGN.md, section 6). */
export const DEAD_REPLICA_MS = 3000;
