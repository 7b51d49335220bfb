const FIRST_MS = 1000;
const MAX_MS = 15_000;

/**
 * The delay before the next try, in ms. It doubles with each failure up to 15 s. Up to half of it is subtracted at random, so
 * that pages which lost the same service do not reconnect at the same moment.
 *
 * @param failures the number of failed tries, 1 or more
 * @param random from 0 to 1
 */
export function backoffMs(failures: number, random: number): number {
  const longest = Math.min(MAX_MS, FIRST_MS * 2 ** (failures - 1));
  return Math.round(longest * (1 - random / 2));
}
