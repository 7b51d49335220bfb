import type { LimitsReport } from '@gateway-queue/identify-limiter';
import { RESET_SLACK_MS, UNCOUNTED_MS } from '../counting.ts';
import { type Event, promised, type Watcher } from './event.ts';
import type { Uses } from './uses.ts';

const SESSION_WINDOW_MS = 24 * 60 * 60 * 1000;

/** The permits that count against an allowance, by name instead of by number. */
interface Account {
  total: number;
  allowance: number;
  charged: Set<string>;
  /** Permits of which it is not known whether they do. */
  doubtful: Set<string>;
  resetAt: number | null;
  /** When what was charged to a window counts no more that none of its own permits has begun. */
  chargedUntil: number | null;
  /** Whether that has been put off. Unlike that of a reset, no answer tells for how long. */
  chargedLonger: boolean;
  /** Where a reset may also be: that of a window which a doubtful permit has perhaps begun. */
  perhapsResetAt?: number;
  /** As it was when it was refilled. */
  before?: Account;
}

/**
 * P3: keeps account of which permits count against which report of the session starts, or may count in which window, and
 * of the reserve.
 */
export class BudgetWatcher implements Watcher {
  readonly #accounts = new Map<string, Account>();
  /** The bots of all permits that were not released. */
  readonly #kept = new Map<string, string>();
  /** Bots whose reset may have been put off by a reboot, since its duration is not known. */
  readonly #unsettled = new Set<string>();

  constructor(
    private readonly reserveOf: (bot: string) => number,
    private readonly uses: Uses,
  ) {}

  see(event: Event): void {
    for (const [bot, account] of this.#accounts) {
      if (event.kind === 'restarted' && event.rebooted) {
        this.#unsettled.add(bot);
        account.chargedLonger = account.chargedUntil !== null;
      }
      if (!this.#unsettled.has(bot)) this.#roll(bot, account, event.at);
    }
    if (event.kind === 'reported') this.#report(event.bot, event.report, event.at);
    if (event.kind === 'answered') this.#judge(event);
    if (event.kind === 'confirmed' && event.done) this.#confirm(event);
    if (event.kind === 'read') this.#compare(event);
    if (event.kind === 'released' && event.done) {
      this.#kept.delete(event.permit.id);
      this.#accounts.get(event.permit.bot)?.charged.delete(event.permit.id);
      this.#accounts.get(event.permit.bot)?.doubtful.delete(event.permit.id);
    }
  }

  #report(bot: string, { total, budget }: LimitsReport, at: number): void {
    const account = this.#accounts.get(bot);
    if (budget !== undefined) {
      this.#accounts.set(bot, {
        total,
        allowance: budget.remaining,
        ...this.#usedSince(bot, at - budget.askedMsAgo - UNCOUNTED_MS),
        resetAt: at + budget.resetInMs + RESET_SLACK_MS,
        chargedUntil: null,
        chargedLonger: false,
      });
    } else if (account === undefined) {
      const [charged, doubtful] = [new Set<string>(), new Set<string>()];
      const begun = { resetAt: null, chargedUntil: null, chargedLonger: false };
      this.#accounts.set(bot, { total, allowance: total, charged, doubtful, ...begun });
    } else {
      account.allowance += total - account.total;
      account.total = total;
    }
  }

  #judge({ at, attempt, answer }: Event & { kind: 'answered' }): void {
    const account = this.#accounts.get(attempt.bot);
    if (account === undefined) return;
    const { charged, doubtful } = account;
    const allowance = account.allowance - this.reserveOf(attempt.bot);
    if (answer.granted) {
      this.#kept.set(answer.id, attempt.bot);
      charge(account, answer.id, at + (answer.confirmWithinMs ?? 0));
      promised(charged.size <= allowance, `P3: ${charged.size} permits out of ${allowance}`);
    } else if (answer.reason === 'budget') {
      const most = charged.size + doubtful.size;
      promised(most >= allowance, `P3: denied with ${most} out of ${allowance}`);
    }
  }

  /** One whose time was over before the window has been used in it all the same, so late is its confirm. */
  #confirm({ at, permit }: Event & { kind: 'confirmed' }): void {
    const account = this.#accounts.get(permit.bot);
    const confirmedBefore = this.uses.of(permit.id).confirmedAt !== undefined;
    if (account === undefined || confirmedBefore || account.charged.has(permit.id)) return;
    if (account.doubtful.has(permit.id) && account.resetAt === null) {
      account.perhapsResetAt = at + SESSION_WINDOW_MS;
    } else {
      charge(account, permit.id, at);
    }
  }

  #compare({ at, bot, limits }: Event & { kind: 'read' }): void {
    const account = this.#accounts.get(bot);
    promised((account === undefined) === (limits === undefined), 'limits appeared or were lost');
    if (account === undefined || limits === undefined) return;
    const resetAt = limits.resetInMs === null ? null : at + limits.resetInMs;
    if (this.#unsettled.delete(bot) && resetAt !== null) putOff(account, resetAt);
    this.#roll(bot, account, at);
    const most = Math.max(account.allowance - account.charged.size, 0);
    const least = Math.max(most - account.doubtful.size, 0);
    promised(
      limits.remaining >= least && limits.remaining <= most,
      `P3: ${limits.remaining} remain instead of ${least} to ${most}`,
    );
    if (resetAt === account.perhapsResetAt) account.resetAt = resetAt ?? null;
    delete account.perhapsResetAt;
    promised(resetAt === account.resetAt, `P3: reset at ${resetAt}, not ${account.resetAt}`);
  }

  #roll(bot: string, account: Account, at: number): void {
    const end = account.resetAt ?? account.chargedUntil;
    if (end === null || end > at) return;
    const [{ charged, doubtful }, lasts] = [account, account.chargedLonger];
    if (account.resetAt !== null) account.before = { ...account };
    account.allowance = account.total;
    Object.assign(account, this.#usedSince(bot, end - RESET_SLACK_MS));
    account.resetAt = null;
    account.chargedUntil = account.charged.size > 0 ? end + 2 * SESSION_WINDOW_MS : null;
    account.chargedLonger = false;
    if (lasts) account.doubtful = new Set([...charged, ...doubtful]);
    this.#roll(bot, account, at);
  }

  #usedSince(bot: string, since: number): Pick<Account, 'charged' | 'doubtful'> {
    const kept = [...this.#kept.keys()].filter((id) => this.#kept.get(id) === bot);
    const perhaps = kept.filter((id) => this.uses.of(id).usedBy.latest >= since);
    const charged = new Set(perhaps.filter((id) => this.uses.of(id).usedBy.earliest >= since));
    return { charged, doubtful: new Set(perhaps.filter((id) => !charged.has(id))) };
  }
}

/** The window begins with its first start, which is made by `usedBy`. */
function charge(account: Account, id: string, usedBy: number): void {
  account.charged.add(id);
  account.doubtful.delete(id);
  account.resetAt ??= usedBy + SESSION_WINDOW_MS;
  account.chargedUntil = null;
}

/** A reset may come later than without the reboot, even if it had just come; but never earlier. */
function putOff(account: Account, resetAt: number): void {
  if (account.resetAt === null && account.before !== undefined) {
    Object.assign(account, account.before);
  }
  promised(resetAt >= (account.resetAt ?? Infinity), 'P3: the reset was brought forward');
  account.resetAt = resetAt;
}
