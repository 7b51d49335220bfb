/** What a pause applies to: a bot, or one of its buckets. */
export interface Scope {
  readonly bot: string;
  /** Undefined for the whole bot. */
  readonly bucket?: number;
}

/** The name of a whole bot's pause in the live state. */
export const WHOLE_BOT = 'all';

/** @returns the path of a bot, under /api/v1 */
export function pathOfBot(bot: string): string {
  return `/bots/${encodeURIComponent(bot)}`;
}

/** @returns the path of a bot or of one of its buckets, under /api/v1 */
export function pathOfScope({ bot, bucket }: Scope): string {
  return bucket === undefined ? pathOfBot(bot) : `${pathOfBot(bot)}/buckets/${bucket}`;
}

/** A scope in words, for the middle of a sentence. */
export function nameOf({ bot, bucket }: Scope): string {
  return bucket === undefined ? `bot ${bot}` : `bucket ${bucket} of bot ${bot}`;
}
