import { fromJsonText, toJsonText } from '@gateway-queue/operator-records';
import { byReplica, type StoredReport, type ReplicaReports } from '@gateway-queue/operator-records';
import type { RecordsStore } from './records-store.ts';
import { listReply, textReply } from './reply.ts';

/** The replicas' reports on the server. */
export class RedisReplicaReports implements ReplicaReports {
  constructor(private readonly store: RecordsStore) {}

  async report(replica: string, report: unknown, ttlMs: number): Promise<void> {
    const ttl = String(Math.ceil(ttlMs));
    await this.store.run('report', toJsonText(replica), toJsonText(report), ttl);
  }

  async all(): Promise<StoredReport[]> {
    const all = listReply(await this.store.run('allReports')).map((one) => {
      const [replica, report, ageMs] = listReply(one);
      return {
        replica: fromJsonText<string>(textReply(replica)),
        report: fromJsonText<unknown>(textReply(report)),
        ageMs: Number(ageMs),
      };
    });
    return byReplica(all);
  }

  async withdraw(replica: string): Promise<void> {
    await this.store.run('withdrawReport', toJsonText(replica));
  }
}
