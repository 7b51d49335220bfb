import { type Clock, Epoch } from '@gateway-queue/identify-limiter';
import { fromJsonText, toJsonText } from '@gateway-queue/operator-records';
import { byReplica, type StoredReport, type ReplicaReports } from '@gateway-queue/operator-records';

interface Kept {
  readonly text: string;
  /** Both on the clock's timeline. */
  readonly saidAt: number;
  readonly endsAt: number;
}

/** The reports in memory: who keeps records locally is the only replica. */
export class ReportsInMemory implements ReplicaReports {
  readonly #reports = new Map<string, Kept>();

  readonly #epoch: Epoch;

  constructor(private readonly clock: Clock) {
    this.#epoch = new Epoch(clock);
  }

  async report(replica: string, report: unknown, ttlMs: number): Promise<void> {
    const now = this.#dropExpired();
    this.#reports.set(replica, { text: toJsonText(report), saidAt: now, endsAt: now + ttlMs });
  }

  async all(): Promise<StoredReport[]> {
    this.#dropExpired();
    const { offset } = this.#epoch;
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

  /** @returns the time */
  #dropExpired(): number {
    const now = this.clock.now();
    for (const [replica, { endsAt }] of this.#reports) {
      if (endsAt <= now) this.#reports.delete(replica);
    }
    return now;
  }
}
