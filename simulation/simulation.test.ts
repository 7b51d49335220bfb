import { beforeAll, expect, test } from 'vitest';
import { simulate } from './simulate.ts';
import { complaint, type Outcome, outcomeOf } from './outcome.ts';

/** Some 25 ms each; `npm run simulate` plays as many as you like. */
const SEEDS = 300;

const PROMISES = {
  P1: 'permits of a bucket keep their distance',
  P2: 'IDENTIFYs after a confirmed one keep theirs',
  P3: 'the reserve is never handed out',
  P4: 'in quiet times nobody is passed',
  P5: 'no permit goes to a ghost, and nobody waits behind one',
  P6: 'whoever comes back finds its place',
  P7: 'a pause holds',
  P8: 'each request ends once, and each permit goes to one',
  P9: 'in quiet times no moment is wasted',
  liveness: 'once trouble is over everybody is served',
};

let outcomes: Outcome[] = [];

beforeAll(async () => {
  outcomes = [];
  for (let seed = 1; seed <= SEEDS; seed++) outcomes.push(await outcomeOf(seed));
}, 120_000);

test.each(Object.entries(PROMISES))('%s %s, whatever goes wrong', (promise) => {
  const broken = outcomes
    .map(({ seed, violations }) => ({
      seed,
      violations: violations.filter((violation) => violation.promise === promise),
    }))
    .filter(({ violations }) => violations.length > 0);
  expect(broken.map(complaint).join('\n')).toBe('');
});

test('all kinds of trouble were there, and permits in spite of them', () => {
  const kinds = new Set(outcomes.flatMap(({ troubles }) => Array.from(troubles.keys())));
  expect(kinds.size).toBe(18);
  expect(outcomes.every(({ permits }) => permits > 0)).toBe(true);
});

test.each([1, 2, 3])('seed %d always has the same history', async (seed) => {
  const [one, other] = [await simulate(seed), await simulate(seed)];
  expect(one.events.length).toBeGreaterThan(100);
  expect(one.events).toEqual(other.events);
});
