import { monitorEventLoopDelay } from 'node:perf_hooks';
import { Injectable, type OnModuleDestroy } from '@nestjs/common';

/** Between two measurements, in ms: fifty in a second are enough for a percentile, and cost next to nothing. */
const RESOLUTION_MS = 20;

const NANOSECONDS_PER_MS = 1e6;

/** Measures how late the event loop is. */
@Injectable()
export class EventLoopDelay implements OnModuleDestroy {
  readonly #histogram = monitorEventLoopDelay({ resolution: RESOLUTION_MS });

  constructor() {
    this.#histogram.enable();
  }

  /** In ms, what 99 of 100 measurements stayed below since it was last asked. */
  take(): number {
    // What is measured is the time between two measurements, the planned one included.
    const p99Ms = this.#histogram.percentile(99) / NANOSECONDS_PER_MS;
    this.#histogram.reset();
    return Math.max(p99Ms - RESOLUTION_MS, 0);
  }

  onModuleDestroy(): void {
    this.#histogram.disable();
  }
}
