import type { DatabaseSync } from 'node:sqlite';
import type { BotState, Budget, GrownMargin, LimitsSource } from '@gateway-queue/identify-limiter';
import { prepare, type Statement } from '../../connection/statement.ts';
import { type ClosingRow, toClosing } from './closing.ts';

interface BotRow extends ClosingRow {
  version: number;
  max_concurrency: number;
  discord_max_concurrency: number | null;
  source: LimitsSource;
  reported_at: number;
  total: number;
  remaining: number;
  reset_at: number | null;
  counts_from: number;
  charged_until: number | null;
  from_discord: number;
  margin: number | null;
  margin_at: number | null;
}

/** The bots' limits and budgets. */
export class Bots {
  readonly #find: Statement<BotRow>;
  readonly #save: Statement;
  readonly #saveBudget: Statement;
  readonly #saveMargin: Statement;

  constructor(database: DatabaseSync) {
    this.#find = prepare(
      database,
      `SELECT version, max_concurrency, discord_max_concurrency, source, reported_at, closed_from, closed_kind, total,
         remaining, reset_at, counts_from, charged_until, from_discord, margin, margin_at FROM bots WHERE bot = ?`,
    );
    this.#save = prepare(
      database,
      `INSERT OR REPLACE INTO bots (bot, version, max_concurrency, discord_max_concurrency, source, reported_at,
         closed_from, closed_kind, total, remaining, reset_at, counts_from, charged_until, from_discord, margin, margin_at)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    );
    this.#saveBudget = prepare(
      database,
      'UPDATE bots SET total = ?, remaining = ?, reset_at = ?, counts_from = ?, charged_until = ? WHERE bot = ?',
    );
    this.#saveMargin = prepare(database, 'UPDATE bots SET margin = ?, margin_at = ? WHERE bot = ?');
  }

  find(bot: string): BotState | undefined {
    const row = this.#find.get(bot);
    return row && toState(row);
  }

  save(bot: string, { budget, formerClosing, grownMargin, ...state }: BotState): void {
    this.#save.run(
      bot,
      state.version,
      state.maxConcurrency,
      state.discordMaxConcurrency,
      state.source,
      state.reportedAt,
      formerClosing?.from ?? null,
      formerClosing?.kind ?? null,
      budget.total,
      budget.remaining,
      budget.resetAt,
      budget.countsFrom,
      budget.chargedUntil,
      Number(state.countedByDiscord),
      grownMargin?.ms ?? null,
      grownMargin?.at ?? null,
    );
  }

  saveMargin(bot: string, margin: GrownMargin | undefined): void {
    this.#saveMargin.run(margin?.ms ?? null, margin?.at ?? null, bot);
  }

  saveBudget(bot: string, { total, remaining, resetAt, countsFrom, chargedUntil }: Budget): void {
    this.#saveBudget.run(total, remaining, resetAt, countsFrom, chargedUntil, bot);
  }
}

function toState(row: BotRow): BotState {
  return {
    version: row.version,
    maxConcurrency: row.max_concurrency,
    discordMaxConcurrency: row.discord_max_concurrency,
    source: row.source,
    reportedAt: row.reported_at,
    countedByDiscord: row.from_discord === 1,
    budget: {
      total: row.total,
      remaining: row.remaining,
      resetAt: row.reset_at,
      countsFrom: row.counts_from,
      chargedUntil: row.charged_until,
    },
    formerClosing: toClosing(row),
    grownMargin: toMargin(row),
    // The replicas share a process: they hear of new buckets at once, and the file loses nothing behind their backs.
    settledAt: null,
    lostAt: null,
  };
}

function toMargin({ margin: ms, margin_at: at }: BotRow): GrownMargin | undefined {
  return ms === null || at === null ? undefined : { ms, at };
}
