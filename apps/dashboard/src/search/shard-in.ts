/** The service takes shard numbers up to the largest signed 32-bit integer. */
const MAX_SHARD = 2 ** 31 - 1;

/** A shard as the user typed it. */
export interface TypedShard {
  readonly shard: number;
  /** The bot that the user named before the number; undefined without one. */
  readonly bot: string | undefined;
}

/** Reads a shard from `42`, `#42`, `shard 42` or, with a bot, `music 42`. @returns undefined for any other text */
export function shardIn(text: string): TypedShard | undefined {
  const [, bot, digits] =
    /^\s*(?:([\w.-]+)\s+)??(?:shard\s*)?#?\s*(\d{1,10})\s*$/i.exec(text) ?? [];
  const shard = Number(digits);
  return digits === undefined || shard > MAX_SHARD ? undefined : { bot, shard };
}

/** The bucket of a shard and the key that leads there; only the key while the limits are unknown. */
export function bucketHint(shard: number, maxConcurrency: number | undefined): string {
  return maxConcurrency === undefined ? '↵' : `bucket ${shard % maxConcurrency} ↵`;
}
