import { expect, test } from 'vitest';
import { BREAKAGES } from './breakages.ts';
import { outcomeOf } from './outcome.ts';

/** Among so many seeds each breakage shows at least once. */
const SEEDS = 60;

test.each(Object.entries(BREAKAGES))(
  'a store that %s is found out',
  async (_name, { broken, promise }) => {
    const found = new Set<string>();
    for (let seed = 1; seed <= SEEDS && !found.has(promise); seed++) {
      for (const violation of (await outcomeOf(seed, broken)).violations) {
        found.add(violation.promise);
      }
    }
    expect([...found]).toContain(promise);
  },
  30_000,
);
