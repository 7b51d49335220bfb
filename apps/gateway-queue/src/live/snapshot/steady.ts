/**
 * Moments are worked out from durations at each tick, and so differ by what the clocks and the network do meanwhile. One
 * that is less than this many ms from what was said before is taken for the same.
 */
const JITTER_MS = 250;

/** The moment as it was said before, if it is that one; else as it is, in whole ms. */
export function steady(moment: number, before: number | undefined): number {
  if (before !== undefined && Math.abs(moment - before) < JITTER_MS) return before;
  return Math.round(moment);
}

/** The same under a member's name; nothing for a moment that there is not. */
export function steadyMember<Name extends string>(
  name: Name,
  moment: number | null | undefined,
  before: { readonly [name in Name]?: number } | undefined,
): { readonly [name in Name]?: number } {
  if (moment === null || moment === undefined) return {};
  const member: { [name in Name]?: number } = {};
  member[name] = steady(moment, before?.[name]);
  return member;
}
