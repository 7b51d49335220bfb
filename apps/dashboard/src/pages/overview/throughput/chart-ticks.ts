const MAX_STEPS = 4;

/** The step between two ticks is one of these times a power of ten. */
const ROUND_STEPS = [1, 2, 5, 10];

/** Whole, round and evenly spaced ticks from 0 up to `max` or above. */
export function chartTicks(max: number): number[] {
  const minStep = Math.max(1, max) / MAX_STEPS;
  const power = 10 ** Math.floor(Math.log10(Math.max(1, minStep)));
  const step = power * (ROUND_STEPS.find((round) => round * power >= minStep) ?? 10);
  const steps = Math.max(1, Math.ceil(max / step));
  return Array.from({ length: steps + 1 }, (_, index) => index * step);
}
