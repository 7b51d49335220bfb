import type { IdentifyEntry, LogEntry } from './log-entries.ts';

interface Waiter {
  readonly condition: () => boolean;
  readonly resolve: () => void;
}

/** What happened at the fake, in order, and the questions that tests ask about it. */
export class DiscordLog {
  readonly entries: LogEntry[] = [];
  readonly #waiters = new Set<Waiter>();

  append(entry: LogEntry): void {
    this.entries.push(entry);
    for (const waiter of this.#waiters) {
      if (!waiter.condition()) continue;
      this.#waiters.delete(waiter);
      waiter.resolve();
    }
  }

  /** Resolves as soon as the condition holds. It is asked now and after each new entry. */
  until(condition: (log: DiscordLog) => boolean): Promise<void> {
    if (condition(this)) return Promise.resolve();
    return new Promise((resolve) => {
      this.#waiters.add({ condition: () => condition(this), resolve });
    });
  }

  /** All entries of one kind. */
  of<K extends LogEntry['kind']>(kind: K): Extract<LogEntry, { kind: K }>[] {
    return this.entries.filter(
      (entry): entry is Extract<LogEntry, { kind: K }> => entry.kind === kind,
    );
  }

  /** Identifies that were answered with an Invalid Session. Resumes that were are not among them. */
  invalidSessions(): IdentifyEntry[] {
    return this.of('identify').filter(
      ({ outcome }) => outcome === 'too-early' || outcome === 'budget',
    );
  }

  /** One bot's accepted identifies by rate limit key, in the order in which they were judged. */
  acceptedByKey(bot = 'default'): Map<number, IdentifyEntry[]> {
    const byKey = new Map<number, IdentifyEntry[]>();
    for (const entry of this.of('identify')) {
      if (entry.bot !== bot || entry.outcome !== 'accepted') continue;
      const accepted = byKey.get(entry.key);
      if (accepted) accepted.push(entry);
      else byKey.set(entry.key, [entry]);
    }
    return byKey;
  }

  /** Ms between accepted identifies of one key, for each key; empty where there was only one. */
  gapsByKey(bot = 'default'): Map<number, number[]> {
    const gaps = new Map<number, number[]>();
    for (const [key, accepted] of this.acceptedByKey(bot)) {
      const times = accepted.map(({ judgedAt }) => judgedAt);
      gaps.set(
        key,
        times.slice(1).map((time, index) => time - (times[index] ?? time)),
      );
    }
    return gaps;
  }

  /** The smallest gap of each key that has one, ms. */
  smallestGapByKey(bot = 'default'): Map<number, number> {
    const smallest = new Map<number, number>();
    for (const [key, gaps] of this.gapsByKey(bot)) {
      if (gaps.length > 0) smallest.set(key, Math.min(...gaps));
    }
    return smallest;
  }
}
