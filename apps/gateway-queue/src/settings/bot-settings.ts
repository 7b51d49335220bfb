import type { Secret } from './secret.ts';

/** The bot of a request that names no bot. */
export const DEFAULT_BOT = 'default';

/** The most buckets that a bot may have. Discord's own values are far lower. */
export const MAX_BUCKETS = 10_000;

/** The most session starts that can be held back. */
export const MAX_RESERVED = 1_000_000;

/** One bot whose shards are served. */
export interface BotSettings {
  readonly id: string;
  /** Without a token the service cannot ask Discord for the bot's limits. */
  readonly token: Secret | undefined;
  /**
   * Reads the token again from the file that it came from, which may have another one by now. Left out for a token that is
   * in no file.
   *
   * @throws TextFileError when the file has no usable token any more
   */
  readonly rereadToken?: (() => Secret) | undefined;
  /** In place of Discord's max_concurrency. */
  readonly maxConcurrency: number | undefined;
  /** Session starts that are never handed out. */
  readonly reserve: number;
}
