import type { DatabaseSync } from 'node:sqlite';
import {
  assertUsableReport,
  type Budget,
  budgetAt,
  type Closing,
  freshBudget,
  type KnownLimits,
  longest,
  type Limits,
  type LimiterRules,
  type LimitsReport,
  type LimitsSource,
  type LimitsView,
  reconcile,
  resize,
  uncountedSince,
} from '@gateway-queue/identify-limiter';
import { type ClosingRow, toClosing } from './closings.ts';
import { prepare, type Statement } from '../connection/statement.ts';

/** A bot as it is stored. Moments are on the clock's timeline. */
export interface BotState {
  readonly version: number;
  readonly maxConcurrency: number;
  readonly source: LimitsSource;
  readonly reportedAt: number;
  /** How the last of its buckets to open was closed when `maxConcurrency` changed. */
  readonly closing: Closing | undefined;
  readonly budget: Budget;
  /** Whether the budget was ever reported by Discord. */
  readonly countedByDiscord: boolean;
}

interface BotRow extends ClosingRow {
  version: number;
  max_concurrency: number;
  source: LimitsSource;
  reported_at: number;
  total: number;
  remaining: number;
  reset_at: number | null;
  counts_from: number;
  charged_until: number | null;
  from_discord: number;
}

/** The bots' limits and budgets. */
export class Bots {
  readonly #find: Statement<BotRow>;
  readonly #save: Statement;
  readonly #saveBudget: Statement;
  readonly #closings: Statement<ClosingRow>;
  readonly #forgetBuckets: Statement;
  readonly #countUsed: Statement<{ n: number }>;

  constructor(
    database: DatabaseSync,
    private readonly rules: LimiterRules,
  ) {
    this.#find = prepare(database, 'SELECT * FROM bots WHERE bot = ?');
    this.#save = prepare(
      database,
      `INSERT OR REPLACE INTO bots (bot, version, max_concurrency, source, reported_at, closed_from, closed_kind,
         total, remaining, reset_at, counts_from, charged_until, from_discord)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    );
    this.#saveBudget = prepare(
      database,
      'UPDATE bots SET total = ?, remaining = ?, reset_at = ?, counts_from = ?, charged_until = ? WHERE bot = ?',
    );
    this.#closings = prepare(
      database,
      'SELECT closed_from, closed_kind FROM buckets WHERE bot = ?',
    );
    this.#forgetBuckets = prepare(database, 'DELETE FROM buckets WHERE bot = ?');
    this.#countUsed = prepare(
      database,
      'SELECT count(*) AS n FROM permits WHERE bot = ? AND used_by >= ? AND NOT released',
    );
  }

  /** The bot with its budget brought up to now; undefined when its limits were never reported. */
  find(bot: string, now: number): BotState | undefined {
    const row = this.#find.get(bot);
    if (row === undefined) return undefined;
    const budget = {
      total: row.total,
      remaining: row.remaining,
      resetAt: row.reset_at,
      countsFrom: row.counts_from,
      chargedUntil: row.charged_until,
    };
    return {
      version: row.version,
      maxConcurrency: row.max_concurrency,
      source: row.source,
      reportedAt: row.reported_at,
      closing: toClosing(row),
      budget: budgetAt(budget, now, (since) => this.#usedSince(bot, since)),
      countedByDiscord: row.from_discord === 1,
    };
  }

  saveBudget(bot: string, { total, remaining, resetAt, countsFrom, chargedUntil }: Budget): void {
    this.#saveBudget.run(total, remaining, resetAt, countsFrom, chargedUntil, bot);
  }

  /** @throws RangeError when the report is unusable; nothing has changed then */
  report(bot: string, report: LimitsReport, now: number): BotState {
    assertUsableReport(report);
    const before = this.find(bot, now);
    const moved = before !== undefined && before.maxConcurrency !== report.maxConcurrency;
    const state: BotState = {
      version: (before?.version ?? 0) + (before === undefined || moved ? 1 : 0),
      maxConcurrency: report.maxConcurrency,
      source: report.source,
      reportedAt: now,
      closing: moved ? this.#closingOfAll(bot, before) : before?.closing,
      budget: this.#budgetOf(bot, report, before, now),
      countedByDiscord: report.budget !== undefined || before?.countedByDiscord === true,
    };
    if (moved) this.#forgetBuckets.run(bot);
    const { budget } = state;
    this.#save.run(
      bot,
      state.version,
      state.maxConcurrency,
      state.source,
      now,
      state.closing?.from ?? null,
      state.closing?.kind ?? null,
      budget.total,
      budget.remaining,
      budget.resetAt,
      budget.countsFrom,
      budget.chargedUntil,
      Number(state.countedByDiscord),
    );
    return state;
  }

  #closingOfAll(bot: string, { closing }: BotState): Closing | undefined {
    const closings = this.#closings.all(bot).map(toClosing);
    return longest(
      [closing, ...closings].filter((one) => one !== undefined),
      this.rules,
    );
  }

  #budgetOf(bot: string, report: LimitsReport, before: BotState | undefined, now: number): Budget {
    if (report.budget === undefined) {
      return before === undefined
        ? freshBudget(report.total, now)
        : resize(before.budget, report.total);
    }
    const since = uncountedSince(now, report.budget.askedMsAgo);
    const uncounted = this.#usedSince(bot, since);
    return reconcile({ total: report.total, ...report.budget }, uncounted, now);
  }

  /** How many permits may have been used at that moment or later, less those released. */
  #usedSince(bot: string, since: number): number {
    return this.#countUsed.get(bot, since)?.n ?? 0;
  }
}

/** The bot's limits as of now. */
export function toLimits(state: BotState, now: number): Limits {
  const { resetAt } = state.budget;
  return {
    ...toKnown(state),
    resetInMs: resetAt === null ? null : resetAt - now,
    ageMs: now - state.reportedAt,
  };
}

/** The bot's limits with their moments. @param offset from the timeline to the epoch, in ms */
export function toLimitsView(state: BotState, offset: number): LimitsView {
  const { resetAt } = state.budget;
  return {
    ...toKnown(state),
    resetAt: resetAt === null ? null : resetAt + offset,
    reportedAt: state.reportedAt + offset,
  };
}

function toKnown({ budget, ...state }: BotState): KnownLimits {
  return {
    version: state.version,
    maxConcurrency: state.maxConcurrency,
    total: budget.total,
    remaining: Math.max(budget.remaining, 0),
    source: state.source,
    countedByDiscord: state.countedByDiscord,
  };
}
