import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LimiterRules } from '@gateway-queue/identify-limiter';
import {
  DEFAULT_RULES,
  FakeClock,
  type HarnessOptions,
  type LimiterHarness,
  type RestartOptions,
} from '@gateway-queue/identify-limiter/testing';
import { IN_MEMORY, openDatabase } from '../../src/connection/open-database.ts';
import type { SqliteDatabase } from '../../src/connection/sqlite-database.ts';
import { SqliteLimiter } from '../../src/limiter/sqlite-limiter.ts';
import { SqliteState } from '../../src/limiter/sqlite-state.ts';
import { FORMAT } from '../../src/schema.ts';

/** Files in memory where there are such: thousands of short histories are no test of the machine's disk. */
const ROOT = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();

/** A SQLite limiter on a fake clock, kept in a file of its own unless it is to be in memory. */
export class SqliteHarness implements LimiterHarness {
  readonly clock = new FakeClock();
  readonly placeTtlMs = 90_000;
  readonly maxPlaces = 8;
  /** All replicas are in the one process that dies. */
  readonly deadReplicaMs = 0;
  readonly settleMs = 0;
  rules: LimiterRules;
  #database: SqliteDatabase;
  #state: SqliteState;
  readonly #dataDir: string;
  readonly #replicas = new Map<string, SqliteLimiter>();

  constructor(where: 'file' | 'memory', { rules }: HarnessOptions = {}) {
    this.rules = { ...DEFAULT_RULES, ...rules };
    this.#dataDir = where === 'memory' ? IN_MEMORY : mkdtempSync(join(ROOT, 'store-sqlite-'));
    this.#database = this.#open();
    this.#state = this.#stateOf(this.#database);
  }

  get intervalMs(): number {
    return this.rules.intervalMs + this.rules.marginMs;
  }

  replica(name = 'a'): SqliteLimiter {
    const limiter = this.#replicas.get(name) ?? new SqliteLimiter(this.#state, name);
    this.#replicas.set(name, limiter);
    return limiter;
  }

  advance(ms: number): Promise<void> {
    return this.clock.advance(ms);
  }

  jumpWall(byMs: number): void {
    this.clock.jumpWall(byMs);
  }

  async restart(options: RestartOptions = {}): Promise<void> {
    // The process is gone without a word: nothing but closing the file happens here.
    this.#database.close();
    this.#replicas.clear();
    await this.clock.advance(options.downMs ?? 0);
    this.clock.jumpWall(options.wallJumpMs ?? 0);
    if (options.rebootDownMs !== undefined) this.clock.reboot(options.rebootDownMs);
    this.rules = { ...this.rules, ...options.rules };
    this.#database = this.#open();
    this.#state = this.#stateOf(this.#database);
  }

  async dispose(): Promise<void> {
    this.#database.close();
    if (this.#dataDir !== IN_MEMORY) rmSync(this.#dataDir, { recursive: true, force: true });
  }

  #open(): SqliteDatabase {
    return openDatabase(this.#dataDir, FORMAT, (database) => database);
  }

  #stateOf(database: SqliteDatabase): SqliteState {
    const { clock, placeTtlMs, maxPlaces, rules } = this;
    return new SqliteState(database, { clock, rules, placeTtlMs, maxPlaces });
  }
}
