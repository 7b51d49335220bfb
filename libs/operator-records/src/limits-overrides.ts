/** An operator's word on a bot's limits, which goes before Discord's until it is lifted. */
export interface LimitsOverride {
  readonly maxConcurrency: number;
  readonly by: string;
  readonly reason: string;
  /** Ms since the epoch, by the store's clock. */
  readonly since: number;
  /** Grows with each override of the bot, also over a lift, and goes on from the time as an audit entry's id does. */
  readonly version: number;
}

/** What became of a lift: done; not needed, for there was none; or not done, for another version holds by now. */
export type Lift = 'lifted' | 'none' | 'outdated';

/** The overrides that hold, one a bot at most. Kept over restarts; which bots there may be is for the caller to bound. */
export interface LimitsOverrides {
  of(bot: string): Promise<LimitsOverride | undefined>;

  /**
   * Puts one in place of what there is.
   *
   * @param ifVersion the version that the caller knows of, 0 for none that holds: never put, or lifted
   * @returns undefined, and nothing has changed, when another version holds by now: somebody was faster
   * @throws Error (as a rejection) when the store failed; whether it holds is not known then, and the same call again may
   * find that it was faster than itself
   */
  set(
    bot: string,
    override: Pick<LimitsOverride, 'maxConcurrency' | 'by' | 'reason'>,
    ifVersion?: number,
  ): Promise<LimitsOverride | undefined>;

  /**
   * @param ifVersion as with {@link set}: when another one holds by now, or none any more, it is outdated
   * @throws Error (as a rejection) when the store failed; whether it holds is not known then, and the same call again may
   * find that it was faster than itself
   */
  lift(bot: string, ifVersion?: number): Promise<Lift>;
}
