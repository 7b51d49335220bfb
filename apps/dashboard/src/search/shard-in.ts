/** The largest number that a shard may have: Discord's ids of shards are signed 32-bit integers here. */
const MOST = 2 ** 31 - 1;

/** A shard that somebody typed. */
export interface TypedShard {
  readonly shard: number;
  /** The bot that was named with it; undefined when none was. */
  readonly bot: string | undefined;
}

/** The shard that somebody typed, as `42`, `#42`, `shard 42` or, with its bot, `music 42`; undefined when it is none. */
export function shardIn(text: string): TypedShard | undefined {
  const [, bot, digits] =
    /^\s*(?:([\w.-]+)\s+)??(?:shard\s*)?#?\s*(\d{1,10})\s*$/i.exec(text) ?? [];
  const shard = Number(digits);
  return digits === undefined || shard > MOST ? undefined : { bot, shard };
}

/** In which bucket it is, as far as that is known. */
export function bucketHint(shard: number, maxConcurrency: number | undefined): string {
  return maxConcurrency === undefined ? '↵' : `bucket ${shard % maxConcurrency} ↵`;
}
