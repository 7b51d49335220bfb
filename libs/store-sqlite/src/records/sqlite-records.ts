import type { Clock, Epoch } from '@gateway-queue/identify-limiter';
import type { OperatorRecords } from '@gateway-queue/operator-records';
import type { SqliteDatabase } from '../connection/sqlite-database.ts';
import { ReportsInMemory } from './reports-in-memory.ts';
import { SqliteAuditLog } from './sqlite-audit-log.ts';
import { SqliteLimitsOverrides } from './sqlite-limits-overrides.ts';
import { SqliteSessions } from './sqlite-sessions.ts';

/**
 * The operators' records of a single replica. Their moments are those of the machine's wall clock.
 *
 * @param epoch that of the limiter's views
 */
export function sqliteRecords(
  database: SqliteDatabase,
  clock: Clock,
  epoch: Epoch,
): OperatorRecords {
  const now = (): number => Math.floor(clock.wallNow());
  return {
    audit: new SqliteAuditLog(database, now),
    sessions: new SqliteSessions(database, now),
    reports: new ReportsInMemory(clock, epoch),
    overrides: new SqliteLimitsOverrides(database, now),
  };
}
