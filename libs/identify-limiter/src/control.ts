import type { Limits, LimitsReport } from './limits.ts';
import type { Pause, PauseOrder, PauseScope } from './pause.ts';

/** What is asked of a limiter beside permits: by the gateway info provider, by operators, by health checks. */
export interface LimiterControl {
  /** The bot's limits, budget brought up to now; undefined until somebody reported them. */
  limits(bot: string): Promise<Limits | undefined>;

  /**
   * Takes over what somebody learned. When `maxConcurrency` changes, the version does, and each new
   * bucket opens no earlier than any old one would have.
   *
   * @throws RangeError (as a rejection) when the report is unusable; nothing has changed then
   */
  setLimits(bot: string, report: LimitsReport): Promise<Limits>;

  /**
   * Whether this replica is the one that asks Discord for the bot's limits: exactly one does, and when it dies
   * another does within seconds.
   */
  leads(bot: string): Promise<boolean>;

  /**
   * From the answer on no permit is given in the scope. A pause of the same scope is replaced.
   *
   * @returns (as a promise) the pause that holds now
   */
  pause(order: PauseOrder): Promise<Pause>;

  /** Lifts the pause of exactly this scope. Resolves to false when there was none. */
  resume(scope: PauseScope): Promise<boolean>;

  /** Tells all replicas that the bot's limits are to be refreshed, which is for the one that leads. Can be lost on the way. */
  wantRefresh(bot: string): Promise<void>;

  /**
   * Has the replica that holds this entry's request end it, with no place kept. It is told by an announcement, which can
   * be lost: whether it was done shows in `LimiterView.waiters`. Resolves to false when no such entry waits.
   */
  evict(bot: string, entry: string): Promise<boolean>;

  /** Resolves when permits could be given now as far as the limiter's store goes; rejects with the reason otherwise. */
  check(): Promise<void>;
}
