import type {
  AuditEntry,
  AuditLog,
  AuditRecord,
  Session,
  Sessions,
} from '@gateway-queue/operator-records';
import type { Clock } from '../../store/store.tokens.ts';

/** A fake of the audit log and the sessions, which a test can make fail. */
export class RecordsInMemory {
  readonly entries: AuditEntry[] = [];
  readonly kept = new Map<string, Session>();
  auditFails = false;
  sessionsFail = false;
  /** How often a session was looked up. */
  lookUps = 0;

  constructor(private readonly clock: Clock) {}

  readonly audit: AuditLog = {
    append: async (record: AuditRecord) => {
      if (this.auditFails) throw new Error('The audit log is away');
      const entry = { ...record, id: this.entries.length + 1, at: this.clock.wallNow() };
      this.entries.push(entry);
      return entry;
    },
    page: async () => this.entries.toReversed(),
  };

  readonly sessions: Sessions = {
    begin: async (secretHash, session, ttlMs) => {
      this.#mayFail();
      const begun = { ...session, expiresAt: this.clock.wallNow() + ttlMs };
      this.kept.set(secretHash, begun);
      return begun;
    },
    find: async (secretHash) => {
      this.lookUps += 1;
      this.#mayFail();
      const found = this.kept.get(secretHash);
      return found && found.expiresAt > this.clock.wallNow() ? found : undefined;
    },
    end: async (secretHash) => {
      this.#mayFail();
      return this.kept.delete(secretHash);
    },
  };

  #mayFail(): void {
    if (this.sessionsFail) throw new Error('The sessions are away');
  }
}
