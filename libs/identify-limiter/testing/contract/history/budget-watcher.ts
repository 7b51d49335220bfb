import type { LimiterRules, LimitsReport } from '@gateway-queue/identify-limiter';
import { type Event, promised, type Watcher } from './event.ts';

const SESSION_WINDOW_MS = 24 * 60 * 60 * 1000;
const UNCOUNTED_MS = 10_000;
const RESET_SLACK_MS = 1000;

/** The permits that count against an allowance, by name instead of by number. */
interface Account {
  total: number;
  allowance: number;
  charged: Set<string>;
  resetAt: number | null;
  /** As it was when it was refilled. */
  before?: Account;
}

/** A permit that was not given back. */
interface Kept {
  readonly bot: string;
  /** The end of the time in which it may be used. */
  usedBy: number;
  confirmed: boolean;
}

/** P3: keeps account of which permits count against which report of the session starts, and of the reserve. */
export class BudgetWatcher implements Watcher {
  readonly #accounts = new Map<string, Account>();
  readonly #kept = new Map<string, Kept>();
  /** Bots whose reset may have been put off by a reboot: nobody can tell how long it took. */
  readonly #unsettled = new Set<string>();

  constructor(private readonly rules: LimiterRules) {}

  see(event: Event): void {
    for (const [bot, account] of this.#accounts) {
      if (event.kind === 'restarted' && event.rebooted) this.#unsettled.add(bot);
      if (!this.#unsettled.has(bot)) roll(account, event.at);
    }
    if (event.kind === 'reported') this.#report(event.bot, event.report, event.at);
    if (event.kind === 'answered') this.#judge(event);
    if (event.kind === 'read') this.#compare(event);
    if (event.kind === 'confirmed' && event.done) this.#confirm(event.permit.id, event.at);
    if (event.kind === 'gave back' && event.done) {
      this.#kept.delete(event.permit.id);
      this.#accounts.get(event.permit.bot)?.charged.delete(event.permit.id);
    }
  }

  #report(bot: string, { total, budget }: LimitsReport, at: number): void {
    const account = this.#accounts.get(bot);
    if (budget !== undefined) {
      const since = at - budget.askedMsAgo - UNCOUNTED_MS;
      const uncounted = [...this.#kept].filter(
        ([, kept]) => kept.bot === bot && kept.usedBy > since,
      );
      this.#accounts.set(bot, {
        total,
        allowance: budget.remaining,
        charged: new Set(uncounted.map(([id]) => id)),
        resetAt: at + budget.resetInMs + RESET_SLACK_MS,
      });
    } else if (account === undefined) {
      this.#accounts.set(bot, { total, allowance: total, charged: new Set(), resetAt: null });
    } else {
      account.allowance += total - account.total;
      account.total = total;
    }
  }

  #confirm(id: string, at: number): void {
    const kept = this.#kept.get(id);
    if (kept?.confirmed === false) Object.assign(kept, { usedBy: at, confirmed: true });
  }

  #judge({ at, attempt, answer }: Event & { kind: 'answered' }): void {
    const account = this.#accounts.get(attempt.bot);
    if (account === undefined) return;
    const { charged } = account;
    const allowance = account.allowance - this.rules.reserveOf(attempt.bot);
    if (answer.granted) {
      charged.add(answer.id);
      const usedBy = attempt.confirm ? at + this.rules.confirmTimeoutMs : at;
      this.#kept.set(answer.id, { bot: attempt.bot, usedBy, confirmed: false });
      account.resetAt ??= at + SESSION_WINDOW_MS;
      promised(charged.size <= allowance, `P3: ${charged.size} permits out of ${allowance}`);
    } else if (answer.reason === 'budget') {
      promised(charged.size >= allowance, `P3: denied with ${charged.size} out of ${allowance}`);
    }
  }

  #compare({ at, bot, limits }: Event & { kind: 'read' }): void {
    const account = this.#accounts.get(bot);
    promised((account === undefined) === (limits === undefined), 'limits appeared or were lost');
    if (account === undefined || limits === undefined) return;
    const resetAt = limits.resetInMs === null ? null : at + limits.resetInMs;
    if (this.#unsettled.delete(bot) && resetAt !== null) putOff(account, resetAt);
    roll(account, at);
    const left = Math.max(account.allowance - account.charged.size, 0);
    promised(limits.remaining === left, `P3: ${limits.remaining} remain instead of ${left}`);
    promised(resetAt === account.resetAt, `P3: reset at ${resetAt}, not ${account.resetAt}`);
  }
}

function roll(account: Account, at: number): void {
  if (account.resetAt === null || account.resetAt > at) return;
  account.before = { ...account };
  account.allowance = account.total;
  account.charged = new Set();
  account.resetAt = null;
}

/** A reset may come later than without the reboot, even if it had just come; but never earlier. */
function putOff(account: Account, resetAt: number): void {
  if (account.resetAt === null && account.before !== undefined) {
    Object.assign(account, account.before);
  }
  promised(resetAt >= (account.resetAt ?? Infinity), 'P3: the reset was brought forward');
  account.resetAt = resetAt;
}
