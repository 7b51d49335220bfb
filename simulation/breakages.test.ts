import { expect, test } from 'vitest';
import { BREAKAGES } from './breakages.ts';
import { playSeed } from './outcome.ts';

/** At least one of this many seeds shows each breakage. */
const SEEDS = 60;

test.each(Object.entries(BREAKAGES))(
  'the invariants find a store that %s',
  async (_name, { breakage, promise }) => {
    const found = new Set<string>();
    for (let seed = 1; seed <= SEEDS && !found.has(promise); seed++) {
      for (const violation of (await playSeed(seed, breakage)).violations) {
        found.add(violation.promise);
      }
    }
    expect([...found]).toContain(promise);
  },
  30_000,
);
