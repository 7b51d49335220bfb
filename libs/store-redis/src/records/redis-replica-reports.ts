import {
  byReplica,
  fromJsonText,
  type ReplicaReports,
  type StoredReport,
  toJsonText,
} from '@gateway-queue/operator-records';
import type { RecordsScripts } from './records-scripts.ts';
import { listReply, textReply } from '../scripts/reply.ts';

/** The replicas' reports on the server. */
export class RedisReplicaReports implements ReplicaReports {
  constructor(private readonly scripts: RecordsScripts) {}

  async report(replica: string, report: unknown, ttlMs: number): Promise<void> {
    const ttl = String(Math.ceil(ttlMs));
    await this.scripts.run('putReport', toJsonText(replica), toJsonText(report), ttl);
  }

  async all(): Promise<StoredReport[]> {
    const all = listReply(await this.scripts.run('listReports')).map((one) => {
      const [replica, report, reportedAt] = listReply(one);
      return {
        replica: fromJsonText<string>(textReply(replica)),
        report: fromJsonText<unknown>(textReply(report)),
        reportedAt: Number(reportedAt),
      };
    });
    return byReplica(all);
  }

  async withdraw(replica: string): Promise<void> {
    await this.scripts.run('withdrawReport', toJsonText(replica));
  }
}
