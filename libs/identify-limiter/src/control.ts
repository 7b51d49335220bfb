import type { Limits, LimitsReport } from './limits.ts';
import type { Pause, PauseOrder, PauseScope } from './pause.ts';

/** What the gateway info provider, operators and health checks ask of a limiter. */
export interface LimiterControl {
  /** The bot's limits, with the budget as of now; undefined until they are reported. */
  limits(bot: string): Promise<Limits | undefined>;

  /**
   * Takes over a report of the limits. When `maxConcurrency` changes, the version changes too, and each new bucket opens
   * no earlier than any old bucket would have.
   *
   * @throws RangeError (as a rejection) when the report is unusable; nothing has changed then
   */
  setLimits(bot: string, report: LimitsReport): Promise<Limits>;

  /**
   * Whether this replica is the one that asks Discord for the bot's limits. Exactly one replica does. When it dies,
   * another one takes over within seconds.
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

  /** Announces that the replica that leads shall refresh the bot's limits. The announcement can be lost. */
  wantRefresh(bot: string): Promise<void>;

  /**
   * Announces that the replica that holds this entry's request shall end it and keep no place. The announcement can be
   * lost: `LimiterView.waiters` shows whether it was followed. Resolves to false when no such entry waits.
   */
  evict(bot: string, entry: string): Promise<boolean>;

  /** Resolves when permits could be given now as far as the limiter's store goes; rejects with the reason otherwise. */
  check(): Promise<void>;
}
