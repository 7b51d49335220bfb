import { KnownOpening } from './known-opening.ts';
import { Line } from './line.ts';
import type { RankedWaiter } from './waiter.ts';

/** The ranked waiters of one bucket, and what is known of when the bucket opens. */
export class BucketLine {
  /** The waiters that may go, in their order. */
  readonly line = new Line<RankedWaiter>();
  /** The waiters that throttling holds back. Those in the line pass them. */
  readonly throttled = new Set<RankedWaiter>();
  readonly opening: KnownOpening;

  /**
   * @param limitsVersion of the limits by which the bucket was worked out
   * @param intervalMs ms between two permits of the bucket
   */
  constructor(
    readonly bucket: number,
    readonly limitsVersion: number,
    intervalMs: number,
  ) {
    this.opening = new KnownOpening(intervalMs);
  }

  /** The waiter that the limiter is to be asked for. */
  get head(): RankedWaiter | undefined {
    return this.line.first;
  }

  /** All waiters: those in the line, then the throttled ones. */
  *waiters(): Generator<RankedWaiter> {
    yield* this.line;
    yield* this.throttled;
  }
}
