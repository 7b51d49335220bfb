import type { OperatorRecords } from '@gateway-queue/operator-records';
import { RecordsStore } from './records-store.ts';
import { RedisAuditLog } from './redis-audit-log.ts';
import { RedisLimitsOverrides } from './redis-limits-overrides.ts';
import { RedisReplicaReports } from './redis-replica-reports.ts';
import { RedisSessions } from './redis-sessions.ts';
import type { ScriptRunner } from './script-runner.ts';

export interface RedisRecordsOptions {
  /** Whoever opened it closes it, after these records. */
  readonly server: ScriptRunner;
  /** What all key names begin with. */
  readonly prefix: string;
  /** Lua that defines `raw` (lua/library/time.lua); for tests that move the clock themselves. */
  readonly timeSource?: string;
}

/** The records that all replicas with this server and prefix share. Its clock is the only one. */
export function redisRecords(options: RedisRecordsOptions): OperatorRecords {
  const store = new RecordsStore(options.server, options.prefix, options.timeSource);
  return {
    audit: new RedisAuditLog(store),
    sessions: new RedisSessions(store),
    reports: new RedisReplicaReports(store),
    overrides: new RedisLimitsOverrides(store),
  };
}
