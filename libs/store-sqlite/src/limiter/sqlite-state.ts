import {
  type Change,
  type Clock,
  Epoch,
  type HeadWrite,
  type LimiterRules,
  type Outcome,
  type StateWrite,
  type StepContext,
  type StoreRules,
  type Write,
} from '@gateway-queue/identify-limiter';
import type { SqliteDatabase } from '../connection/sqlite-database.ts';
import { prepare, type Statement } from '../connection/statement.ts';
import { Heads } from './heads.ts';
import { Ranks } from './tables/ranks.ts';
import { Tables } from './tables/tables.ts';
import { bridgeTimeline } from './timeline.ts';

export interface SqliteStateOptions {
  readonly clock: Clock;
  readonly rules: LimiterRules;
  /** How long in ms a place is kept for a shard that left. */
  readonly placeTtlMs: number;
  /** How many places of a bot are kept at most. */
  readonly maxPlaces: number;
}

/** Applies what a step comes to, and passes on its answer. */
export type CarryOut = <Answer>(outcome: Outcome<Answer>) => Answer;

/** What the replicas in this process share: one SQLite file, their heads, and each other's announcements. */
export class SqliteState {
  readonly clock: Clock;
  /** Makes moments of readings of the clock. */
  readonly epoch: Epoch;
  readonly rules: StoreRules;
  readonly tables: Tables;
  readonly heads = new Heads();
  /** Permits that were granted before this moment may be missing from the file. */
  readonly knownSince: number;

  readonly #database: SqliteDatabase;
  readonly #touch: Statement;
  readonly #listeners = new Set<(change: Change) => void>();

  constructor(database: SqliteDatabase, options: SqliteStateOptions) {
    const { clock, maxPlaces, placeTtlMs, rules } = options;
    this.clock = clock;
    this.epoch = new Epoch(clock);
    // All replicas hear of new buckets at once.
    this.rules = { ...rules, placeTtlMs, maxPlaces, settleMs: 0 };
    this.#database = database;
    this.#touch = prepare(database, 'UPDATE timeline SET seen_at = ?, wall_offset = ?');
    database.write(() => {
      bridgeTimeline(database, clock);
      Ranks.leaveAll(database, clock.now());
      this.#touchNow();
    });
    this.tables = new Tables(database);
    this.knownSince = Number(
      database.prepare('SELECT known_since FROM timeline').get()?.['known_since'],
    );
  }

  /** What a step of this replica is told now. */
  contextOf(replica: string): StepContext {
    return { now: this.clock.now(), replica, rules: this.rules };
  }

  /** Carries out one step. All its writes are kept, or none when this throws. */
  carryOut<Answer>(outcome: Outcome<Answer>): Answer {
    if (outcome.writes.some(isStored)) return this.write((carryOut) => carryOut(outcome));
    return this.#applyInMemory(outcome);
  }

  /** Carries out steps one after the other, in one transaction. All their writes are kept, or none when this throws. */
  write<T>(steps: (carryOut: CarryOut) => T): T {
    return this.#transact(steps, (change) => this.#database.write(change));
  }

  /** Like {@link write}, and on the disk before it returns: it survives a failure of the machine too. */
  writeDurably<T>(steps: (carryOut: CarryOut) => T): T {
    return this.#transact(steps, (change) => this.#database.writeDurably(change));
  }

  /** Tells all replicas, once all that happens now has happened. */
  announce(change: Change): void {
    queueMicrotask(() => {
      for (const listener of this.#listeners) listener(change);
    });
  }

  onChange(listener: (change: Change) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Ends the announcements. The database is its owner's to close. */
  close(): void {
    this.#listeners.clear();
  }

  #transact<T>(steps: (carryOut: CarryOut) => T, write: (change: () => T) => T): T {
    const heads: HeadWrite[] = [];
    const changes: Change[] = [];
    const carryOut: CarryOut = (outcome) => {
      for (const one of outcome.writes) {
        if (isStored(one)) this.tables.apply(one);
        else heads.push(one);
      }
      for (const change of outcome.changes) changes.push(change);
      return outcome.answer;
    };
    let result: T;
    try {
      result = write(() => {
        const answer = steps(carryOut);
        this.#touchNow();
        return answer;
      });
    } catch (error) {
      this.tables.ranks.reload();
      throw error;
    }
    for (const head of heads) this.heads.apply(head);
    for (const change of changes) this.announce(change);
    return result;
  }

  #applyInMemory<Answer>({ answer, changes, writes }: Outcome<Answer>): Answer {
    for (const write of writes) if (!isStored(write)) this.heads.apply(write);
    for (const change of changes) this.announce(change);
    return answer;
  }

  #touchNow(): void {
    const now = this.clock.now();
    this.#touch.run(now, this.clock.wallNow() - now);
  }
}

const HEAD_WRITES: Record<HeadWrite['kind'], true> = {
  'set-head': true,
  'withdraw-head': true,
  'forget-heads': true,
};

function isStored(write: Write): write is StateWrite {
  return !(write.kind in HEAD_WRITES);
}
