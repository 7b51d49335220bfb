/** A replica's report as the store keeps it. */
export interface StoredReport {
  readonly replica: string;
  readonly report: unknown;
  /** When it was reported: ms since the Unix epoch on the store's clock, never after the store's now. */
  readonly reportedAt: number;
}

/** What each replica reports of itself. A report is out of date within seconds, so it need not outlive a restart. */
export interface ReplicaReports {
  /**
   * Replaces this replica's report.
   *
   * @param report what `JSON.stringify` can write; the store does not read it
   * @param ttlMs after how many ms the report expires
   */
  report(replica: string, report: unknown, ttlMs: number): Promise<void>;

  /** The reports that have not expired, in the order of the replicas' names. */
  all(): Promise<StoredReport[]>;

  /** Drops this replica's report, if there is one. */
  withdraw(replica: string): Promise<void>;
}

/** The reports in the order of {@link ReplicaReports.all}. */
export function byReplica(reports: readonly StoredReport[]): StoredReport[] {
  return reports.toSorted((a, b) => (a.replica < b.replica ? -1 : 1));
}
