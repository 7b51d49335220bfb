/** Into as many parts or fewer the height of the chart is divided. */
const MAX_PARTS = 4;

/** Round steps of a decimal place. */
const ROUND = [1, 2, 5, 10];

/** Whole, round and evenly spaced numbers from 0 up, the last of which is no less than `most`. */
export function chartTicks(most: number): number[] {
  const least = Math.max(1, most) / MAX_PARTS;
  const place = 10 ** Math.floor(Math.log10(Math.max(1, least)));
  const step = place * (ROUND.find((round) => round * place >= least) ?? 10);
  const parts = Math.max(1, Math.ceil(most / step));
  return Array.from({ length: parts + 1 }, (_, index) => index * step);
}
