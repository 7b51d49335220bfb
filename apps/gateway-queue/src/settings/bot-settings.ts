import type { Secret } from './secret.ts';

/** The bot that a request means when it names none. */
export const DEFAULT_BOT = 'default';

/** The most buckets that a bot may have, by hand or by Discord, whose own figures stay far below. */
export const MAX_BUCKETS = 10_000;

/** The most session starts that are held back. */
export const MAX_RESERVED = 1_000_000;

/** One bot whose shards are served. */
export interface BotSettings {
  readonly id: string;
  /** Without a token Discord cannot be asked for the bot's limits. */
  readonly token: Secret | undefined;
  /** The operator's word against Discord's. */
  readonly maxConcurrency: number | undefined;
  /** Session starts that are never handed out. */
  readonly reserve: number;
}
