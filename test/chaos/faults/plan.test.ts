import { expect, test } from 'vitest';

import { planFaults, type PlanOptions } from './plan.ts';

const options: PlanOptions = {
  seed: 7,
  durationMs: 600_000,
  replicas: 3,
  bots: { bot: [1, 2] },
  losses: true,
};

test('the same seed gives the same plan, and another seed another plan', () => {
  expect(planFaults(options)).toEqual(planFaults(options));
  expect(planFaults({ ...options, seed: 8 })).not.toEqual(planFaults(options));
});

test('a plan of ten minutes has every kind of fault, in order and in time', () => {
  const plan = planFaults(options);
  expect(new Set(plan.map(({ fault }) => fault.kind)).size).toBe(13);
  const times = plan.map(({ at }) => at);
  expect(times).toEqual(times.toSorted((a, b) => a - b));
  expect(Math.max(...times)).toBeLessThan(options.durationMs);
});

test('a plan without losses has no faults that lose data', () => {
  const kinds = planFaults({ ...options, losses: false }).map(({ fault }) => fault.kind);
  expect(kinds).not.toContain('redis loses data');
  expect(kinds).not.toContain('redis emptied');
});
