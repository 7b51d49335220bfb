/** The largest number that a shard may have: Discord's ids of shards are signed 32-bit integers here. */
const MOST = 2 ** 31 - 1;

/** The shard that somebody typed, as `42`, `#42` or `shard 42`; undefined when it is none. */
export function shardIn(text: string): number | undefined {
  const [, digits] = /^\s*(?:shard\s*)?#?\s*(\d{1,10})\s*$/i.exec(text) ?? [];
  const shard = Number(digits);
  return digits === undefined || shard > MOST ? undefined : shard;
}

/** In which bucket it is, as far as that is known. */
export function bucketHint(shard: number, maxConcurrency: number | undefined): string {
  return maxConcurrency === undefined ? '' : `bucket ${shard % maxConcurrency} ↵`;
}
