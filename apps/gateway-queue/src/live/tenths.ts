/** Ms to a tenth: more is noise, and would make for a change each time. */
export function tenths(ms: number): number {
  return Math.round(ms * 10) / 10;
}
