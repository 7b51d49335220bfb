import { expect, test } from 'vitest';

import { check } from './checker/check.ts';
import { report } from './report.ts';
import { runChaos } from './run.ts';

/** The plan of this seed has every kind of fault within this time, except lost data. `npm run chaos` plays others. */
const SEED = 2978;

const DURATION_MS = 20_000;

test('P1 to P9 hold for three replicas on one Redis, whatever fails', async () => {
  const run = await runChaos({ seed: SEED, durationMs: DURATION_MS });
  const found = check(run.history);
  console.log(report(SEED, run, found));
  expect(found.violations).toEqual([]);
  expect(found.figures['answered']).toBeGreaterThan(0);
});
