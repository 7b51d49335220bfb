import type { OperatorRecords } from '@gateway-queue/operator-records';
import { RecordsScripts, type RecordsScriptsOptions } from './records-scripts.ts';
import { RedisAuditLog } from './redis-audit-log.ts';
import { RedisLimitsOverrides } from './redis-limits-overrides.ts';
import { RedisReplicaReports } from './redis-replica-reports.ts';
import { RedisSessions } from './redis-sessions.ts';

/** The records that all replicas with this server and prefix share. Their moments are those of the server's clock. */
export function redisRecords(options: RecordsScriptsOptions): OperatorRecords {
  const scripts = new RecordsScripts(options);
  return {
    audit: new RedisAuditLog(scripts),
    sessions: new RedisSessions(scripts),
    reports: new RedisReplicaReports(scripts),
    overrides: new RedisLimitsOverrides(scripts),
  };
}
