/** Gives the next number, at least 0 and below 1. */
export type Random = () => number;

/**
 * The same seed gives the same numbers, so a run that failed can be run again.
 * The generator is mulberry32: its whole state is 32 bits, which is plenty to draw delays from.
 */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
