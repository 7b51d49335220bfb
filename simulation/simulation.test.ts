import { beforeAll, expect, test } from 'vitest';
import { simulate } from './simulate.ts';
import { describeViolations, type Outcome, playSeed } from './outcome.ts';

/** Each takes some 25 ms. `npm run simulate` plays any number. */
const SEEDS = 300;

const PROMISES = {
  P1: 'permits of a bucket are at least the interval apart',
  P2: 'an IDENTIFY is at least the interval after a confirmed one',
  P3: 'the reserve is never handed out',
  P4: 'without faults no waiter is passed by a later one',
  P5: 'no permit goes to a waiter that left, and no waiter waits behind one',
  P6: 'a shard that asks again has its place',
  P7: 'no permit is given during a pause',
  P8: 'each request ends once, and each permit goes to one request',
  P9: 'without faults a permit is given as soon as its bucket opens',
  liveness: 'once faults have ended every request is served',
};

let outcomes: Outcome[] = [];

beforeAll(async () => {
  outcomes = [];
  for (let seed = 1; seed <= SEEDS; seed++) outcomes.push(await playSeed(seed));
}, 120_000);

test.each(Object.entries(PROMISES))('%s %s, in every history', (promise) => {
  const withViolations = outcomes
    .map(({ seed, violations }) => ({
      seed,
      violations: violations.filter((violation) => violation.promise === promise),
    }))
    .filter(({ violations }) => violations.length > 0);
  expect(withViolations.map(describeViolations).join('\n')).toBe('');
});

test('every kind of fault occurs, and every history has permits', () => {
  const kinds = new Set(outcomes.flatMap(({ faults }) => Array.from(faults.keys())));
  expect(kinds.size).toBe(18);
  expect(outcomes.every(({ permits }) => permits > 0)).toBe(true);
});

test.each([1, 2, 3])('seed %d always plays the same history', async (seed) => {
  const [one, other] = [await simulate(seed), await simulate(seed)];
  expect(one.events.length).toBeGreaterThan(100);
  expect(one.events).toEqual(other.events);
});
