/** What an operator set for a bot's limits. It holds in place of Discord's value until it is lifted. */
export interface LimitsOverride {
  readonly maxConcurrency: number;
  readonly by: string;
  readonly reason: string;
  /** Ms since the Unix epoch, by the store's clock. */
  readonly since: number;
  /** Grows with each override of the bot, also after a lift. It goes on from the time, as the id of an audit entry does. */
  readonly version: number;
}

/** The result of a lift: the override was lifted, there was none, or another version holds by now and nothing changed. */
export type Lift = 'lifted' | 'none' | 'outdated';

/** The overrides that hold, at most one for each bot. Kept over restarts. The caller bounds which bots there are. */
export interface LimitsOverrides {
  of(bot: string): Promise<LimitsOverride | undefined>;

  /**
   * Replaces the bot's override, if there is one.
   *
   * @param ifVersion the version that the caller has read; 0 when it read that none holds
   * @returns (as a promise) undefined when another version holds by now, because another operator was faster; nothing has
   *   changed then
   * @throws Error (as a rejection) when the store failed. Whether the override holds is not known then, and the same call
   *   again may find the version that it set itself.
   */
  set(
    bot: string,
    override: Pick<LimitsOverride, 'maxConcurrency' | 'by' | 'reason'>,
    ifVersion?: number,
  ): Promise<LimitsOverride | undefined>;

  /**
   * @param ifVersion as with {@link set}: when another version holds by now, or none, the answer is `outdated`
   * @throws Error (as a rejection) when the store failed. Whether the override still holds is not known then, and the same
   *   call again may find that it was lifted.
   */
  lift(bot: string, ifVersion?: number): Promise<Lift>;
}
