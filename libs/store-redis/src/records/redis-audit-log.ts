import {
  type AuditEntry,
  type AuditFilter,
  type AuditLog,
  type AuditRecord,
  classOf,
  fromJsonText,
  KEPT,
  recordText,
} from '@gateway-queue/operator-records';
import { facetsOf } from './facets.ts';
import type { RecordsScripts } from './records-scripts.ts';
import { listReply, textReply } from '../scripts/reply.ts';

/** The audit log on the server. */
export class RedisAuditLog implements AuditLog {
  constructor(private readonly scripts: RecordsScripts) {}

  async append(record: AuditRecord): Promise<AuditEntry> {
    const text = recordText(record);
    const facets = facetsOf(record);
    const kind = classOf(record.action);
    const kept = String(KEPT[kind]);
    const reply = await this.scripts.run('appendEntry', kind, kept, facets, text);
    const [id, at] = listReply(reply);
    return { ...fromJsonText<AuditRecord>(text), id: Number(id), at: Number(at) };
  }

  /**
   * Runs several scripts when few entries pass the filter. Each reads 500 entries at most, so that the limiter's scripts
   * wait less than a millisecond for it. All together they read all entries at most.
   */
  async page(filter: AuditFilter, limit: number, before?: number): Promise<AuditEntry[]> {
    const facets = facetsOf(filter);
    const page: AuditEntry[] = [];
    let next = before === undefined ? '' : String(before);
    do {
      const wanted = String(limit - page.length);
      const [readTo, ...found] = listReply(
        await this.scripts.run('listEntries', wanted, next, facets),
      );
      page.push(...found.map(toEntry));
      next = textReply(readTo);
    } while (next !== '');
    return page;
  }
}

function toEntry(reply: unknown): AuditEntry {
  const [id, at, text] = listReply(reply);
  return { ...fromJsonText<AuditRecord>(textReply(text)), id: Number(id), at: Number(at) };
}
