import type { Clock } from '@gateway-queue/identify-limiter';
import type { OperatorRecords } from '@gateway-queue/operator-records';
import { LocalAuditLog } from './local-audit-log.ts';
import { LocalLimitsOverrides } from './local-limits-overrides.ts';
import { LocalReplicaReports } from './local-replica-reports.ts';
import { LocalSessions } from './local-sessions.ts';
import { openDatabase } from './open-database.ts';
import { RecordsDatabase } from './records-database.ts';

export interface LocalRecordsOptions {
  readonly clock: Clock;
  /** The directory of the file, `operators.db`; or `:memory:`, and nothing is kept. */
  readonly dataDir: string;
}

/**
 * The records of a process that stands alone.
 *
 * @throws RecordsFileError when the file cannot be used
 */
export function openLocalRecords({ clock, dataDir }: LocalRecordsOptions): OperatorRecords {
  const database = new RecordsDatabase(openDatabase(dataDir));
  const now = (): number => Math.floor(clock.wallNow());
  return {
    audit: new LocalAuditLog(database, now),
    sessions: new LocalSessions(database, now),
    reports: new LocalReplicaReports(clock),
    overrides: new LocalLimitsOverrides(database, now),
    async close() {
      database.close();
    },
  };
}
