import type { Clock } from '@gateway-queue/identify-limiter';
import type { StoredReport } from '@gateway-queue/operator-records';
import type { ReplicaReports } from '../../store/store.tokens.ts';
import { newReport, type ReplicaReport } from '../report/replica-report.ts';

/** Reports of replicas, on a clock, in memory. */
export class FakeReports implements ReplicaReports {
  /** Set, whatever is asked fails with it. */
  broken: Error | undefined;
  /** How often {@link all} was asked for. */
  reads = 0;
  readonly #kept = new Map<string, { report: unknown; at: number; ttlMs: number }>();

  constructor(private readonly clock: Clock) {}

  async report(replica: string, report: unknown, ttlMs: number): Promise<void> {
    this.#fail();
    // As a store would keep it.
    const stored: unknown = JSON.parse(JSON.stringify(report));
    this.#kept.set(replica, { report: stored, at: this.clock.wallNow(), ttlMs });
  }

  async all(): Promise<StoredReport[]> {
    this.reads += 1;
    this.#fail();
    const now = this.clock.wallNow();
    return Array.from(this.#kept)
      .filter(([, { at, ttlMs }]) => now - at < ttlMs)
      .map(([replica, { at, report }]) => ({ replica, report, reportedAt: at }))
      .toSorted((a, b) => a.replica.localeCompare(b.replica));
  }

  async withdraw(replica: string): Promise<void> {
    this.#fail();
    this.#kept.delete(replica);
  }

  #fail(): void {
    if (this.broken !== undefined) throw this.broken;
  }
}

/** The report of a replica at rest. */
export function quietReport(but: Partial<Omit<ReplicaReport, 'format'>> = {}): ReplicaReport {
  return newReport({
    version: '1.2.3',
    startedAt: Date.UTC(2029, 11, 31),
    heldRequests: 0,
    eventLoopDelayMs: 0.3,
    limiterLatencyMs: 0.5,
    limiterError: null,
    draining: false,
    gatewayInfo: [],
    lines: [],
    holds: [],
    ...but,
  });
}
