/** Discord counts session starts per day. */
const DAY_MS = 86_400_000;

/** What a test may set; what it leaves out stays as it is. */
export interface BudgetSettings {
  /** Starts per period. */
  readonly total?: number;
  /** Starts left now. */
  readonly remaining?: number;
  /** From now until the budget is full again, ms. */
  readonly resetAfterMs?: number;
  /** Length of a period, ms; a day, unless a test cannot wait so long. */
  readonly periodMs?: number;
}

/**
 * A bot's session starts. Like Discord's, a full budget reports a reset in 0 ms: the period begins with
 * the first start, unless a test set the reset itself.
 */
export class SessionBudget {
  #total = 1000;
  #remaining = 1000;
  #periodMs = DAY_MS;
  #resetAt: number | undefined;

  get total(): number {
    return this.#total;
  }

  set(settings: BudgetSettings, now: number): void {
    this.#total = settings.total ?? this.#total;
    this.#remaining = settings.remaining ?? Math.min(this.#remaining, this.#total);
    if (settings.total !== undefined && settings.remaining === undefined) {
      this.#remaining = settings.total;
    }
    this.#periodMs = settings.periodMs ?? this.#periodMs;
    if (settings.resetAfterMs !== undefined) this.#resetAt = now + settings.resetAfterMs;
    if (this.#resetAt === undefined && this.#remaining < this.#total) {
      this.#resetAt = now + this.#periodMs;
    }
  }

  remaining(now: number): number {
    if (this.#resetAt !== undefined && now >= this.#resetAt) {
      this.#remaining = this.#total;
      this.#resetAt = undefined;
    }
    return this.#remaining;
  }

  /** Whole ms until the budget is full again; 0 when it is. */
  resetAfterMs(now: number): number {
    this.remaining(now);
    return this.#resetAt === undefined ? 0 : Math.ceil(this.#resetAt - now);
  }

  /** Takes one start; false, with nothing taken, when there is none. */
  take(now: number): boolean {
    if (this.remaining(now) <= 0) return false;
    this.#remaining -= 1;
    this.#resetAt ??= now + this.#periodMs;
    return true;
  }
}
