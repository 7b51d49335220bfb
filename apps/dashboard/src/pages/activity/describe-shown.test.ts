import { expect, test } from 'vitest';
import { unreachable } from '../../api/api-problem.ts';
import type { Permit } from '../../api/schemas.ts';
import { logOf, MAX_KEPT, NO_PERMITS } from '../../permits/permit-log.ts';
import { describeShown } from './describe-shown.ts';

const PERMIT: Permit = { id: 'p', bucket: 0, at: 0, status: 'confirmed' };
const FULL = Array.from({ length: MAX_KEPT }, () => PERMIT);

test.each([
  ['The newest 1 of 1 permits of the last hour', logOf([PERMIT], 0)],
  ['The newest 1 of 1 permits, among the newest 2,000 of the last hour', logOf(FULL, 0)],
  ['Permits of the last hour', NO_PERMITS],
  [
    'The newest 1 of 1 known permits; there may be more',
    { ...NO_PERMITS, problem: unreachable(false) },
  ],
])('%s', (text, log) => {
  expect(describeShown(log, 1, 1)).toBe(text);
});
