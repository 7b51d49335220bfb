/** The number that comes after `last`. It goes on from the time in ms, so that no number comes twice even with a new file. */
export function following(last: number, now: number): number {
  return Math.max(last + 1, now);
}
