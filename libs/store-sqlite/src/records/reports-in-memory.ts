import type { Clock, Epoch } from '@gateway-queue/identify-limiter';
import {
  byReplica,
  fromJsonText,
  type ReplicaReports,
  type StoredReport,
  toJsonText,
} from '@gateway-queue/operator-records';

interface Kept {
  readonly text: string;
  /** This moment and the next are on the clock's timeline. */
  readonly saidAt: number;
  readonly endsAt: number;
}

/** The reports in memory: the replica is the only one, and reports need not outlive it. */
export class ReportsInMemory implements ReplicaReports {
  readonly #reports = new Map<string, Kept>();

  /** @param epoch that of the limiter's views, so that their moments can be compared with those of reports */
  constructor(
    private readonly clock: Clock,
    private readonly epoch: Epoch,
  ) {}

  async report(replica: string, report: unknown, ttlMs: number): Promise<void> {
    const now = this.#dropExpired();
    this.#reports.set(replica, { text: toJsonText(report), saidAt: now, endsAt: now + ttlMs });
  }

  async all(): Promise<StoredReport[]> {
    this.#dropExpired();
    const { offset } = this.epoch;
    const all = Array.from(this.#reports, ([replica, { text, saidAt }]) => ({
      replica,
      report: fromJsonText<unknown>(text),
      reportedAt: saidAt + offset,
    }));
    return byReplica(all);
  }

  async withdraw(replica: string): Promise<void> {
    this.#reports.delete(replica);
  }

  /** @returns the time now */
  #dropExpired(): number {
    const now = this.clock.now();
    for (const [replica, { endsAt }] of this.#reports) {
      if (endsAt <= now) this.#reports.delete(replica);
    }
    return now;
  }
}
