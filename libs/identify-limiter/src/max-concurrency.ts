/*
 * Buckets are Discord's. Discord puts shards into one bucket whose numbers differ by a multiple of its max_concurrency. Only
 * a divisor of that keeps such shards in one bucket of ours: with any other number two of them identify at once.
 */

/** Whether all shards of one of Discord's buckets are in one bucket when there are `maxConcurrency` buckets. */
export function dividesDiscords(maxConcurrency: number, discordMaxConcurrency: number): boolean {
  return discordMaxConcurrency % maxConcurrency === 0;
}

/** What max_concurrency may be where Discord's is `discordMaxConcurrency`: its divisors, the least first. */
export function divisorsOf(discordMaxConcurrency: number): number[] {
  const numbers = Array.from({ length: discordMaxConcurrency }, (_, index) => index + 1);
  return numbers.filter((number) => dividesDiscords(number, discordMaxConcurrency));
}
