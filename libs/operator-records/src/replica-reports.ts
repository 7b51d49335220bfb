/** What one replica said of itself. */
export interface StoredReport {
  readonly replica: string;
  readonly report: unknown;
  /** When it was reported: ms since the Unix epoch on the store's clock, never after the store's now. */
  readonly reportedAt: number;
}

/** What each replica says of itself. As it is out of date in seconds, it need not outlive a restart. */
export interface ReplicaReports {
  /**
   * Replaces this replica's report.
   *
   * @param report whatever `JSON.stringify` can write; nobody looks into it here
   * @param ttlMs it is forgotten after so many ms
   */
  report(replica: string, report: unknown, ttlMs: number): Promise<void>;

  /** All that are not forgotten, by the replicas' names. */
  all(): Promise<StoredReport[]>;

  /** Forgets this replica's report, if there is one. */
  withdraw(replica: string): Promise<void>;
}

/** In the order in which {@link ReplicaReports.all} has them. */
export function byReplica(reports: readonly StoredReport[]): StoredReport[] {
  return reports.toSorted((a, b) => (a.replica < b.replica ? -1 : 1));
}
