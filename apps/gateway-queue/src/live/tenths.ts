/** Ms rounded to a tenth. More digits are noise, and would make each report a change. */
export function tenths(ms: number): number {
  return Math.round(ms * 10) / 10;
}
