const FIRST_MS = 1000;
const MAX_MS = 15_000;

/**
 * How long to wait before another try, in ms: twice as long after each, at most 15 s, and up to half of it less, so that
 * all who lost the same service do not come back at once.
 *
 * @param failures how many tries have failed, 1 or more
 * @param random from 0 to 1
 */
export function backoffMs(failures: number, random: number): number {
  const longest = Math.min(MAX_MS, FIRST_MS * 2 ** (failures - 1));
  return Math.round(longest * (1 - random / 2));
}
