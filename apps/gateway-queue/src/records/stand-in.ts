import type { AuditEntry, AuditLog, Session, Sessions } from '@gateway-queue/operator-records';

/** The clock as far as it is needed here. */
interface WallClock {
  wallNow(): number;
}

/** Holds the place of the stores until they are there: keeps what it is told in memory, without bounds. */
export function standInRecords(clock: WallClock): { audit: AuditLog; sessions: Sessions } {
  const entries: AuditEntry[] = [];
  const sessions = new Map<string, Session>();
  return {
    audit: {
      async append(record) {
        const entry = { ...record, id: entries.length + 1, at: clock.wallNow() };
        entries.push(entry);
        return entry;
      },
      page: async () => entries.toReversed(),
    },
    sessions: {
      async begin(secretHash, session, ttlMs) {
        const begun = { ...session, expiresAt: clock.wallNow() + ttlMs };
        sessions.set(secretHash, begun);
        return begun;
      },
      async find(secretHash) {
        const found = sessions.get(secretHash);
        return found && found.expiresAt > clock.wallNow() ? found : undefined;
      },
      end: async (secretHash) => sessions.delete(secretHash),
    },
  };
}
