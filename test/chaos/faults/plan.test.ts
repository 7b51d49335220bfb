import { expect, test } from 'vitest';

import { planFaults, type PlanOptions } from './plan.ts';

const options: PlanOptions = {
  seed: 7,
  durationMs: 600_000,
  replicas: 3,
  bots: { bot: [1, 2] },
  losses: true,
};

test('the same seed makes the same plan, and another one another', () => {
  expect(planFaults(options)).toEqual(planFaults(options));
  expect(planFaults({ ...options, seed: 8 })).not.toEqual(planFaults(options));
});

test('in ten minutes everything happens, in its order and in its time', () => {
  const plan = planFaults(options);
  expect(new Set(plan.map(({ fault }) => fault.kind)).size).toBe(13);
  const times = plan.map(({ at }) => at);
  expect(times).toEqual(times.toSorted((a, b) => a - b));
  expect(Math.max(...times)).toBeLessThan(options.durationMs);
});

test('a store that must not lose anything is not made to', () => {
  const kinds = planFaults({ ...options, losses: false }).map(({ fault }) => fault.kind);
  expect(kinds).not.toContain('redis loses data');
  expect(kinds).not.toContain('redis emptied');
});
