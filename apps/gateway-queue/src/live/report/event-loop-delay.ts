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

  /** The 99th percentile of the delays since the last call, in ms. */
  take(): number {
    // A measurement includes the planned time between two measurements.
    const p99Ms = this.#histogram.percentile(99) / NANOSECONDS_PER_MS;
    this.#histogram.reset();
    return Math.max(p99Ms - RESOLUTION_MS, 0);
  }

  onModuleDestroy(): void {
    this.#histogram.disable();
  }
}
