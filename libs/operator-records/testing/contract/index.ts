import { describe } from 'vitest';
import { auditBounds } from './audit-bounds.ts';
import { auditPaging } from './audit-paging.ts';
import { auditing } from './auditing.ts';
import { clocksSetBack } from './clocks-set-back.ts';
import type { Capability, Suite } from './harness.ts';
import { overridesOfAnyHistory } from './overrides-history.ts';
import { overriding } from './overriding.ts';
import { reporting } from './reporting.ts';
import { sessionBounds } from './session-bounds.ts';
import { sessionKeeping } from './session-keeping.ts';
import { strangeTexts } from './strange-texts.ts';

export type { Capability, RecordsHarness } from './harness.ts';
export { ANA, BOT, hash, LIMITS, record } from './samples.ts';

const SUBJECTS = [
  auditing,
  auditPaging,
  auditBounds,
  sessionKeeping,
  sessionBounds,
  reporting,
  overriding,
  overridesOfAnyHistory,
  strangeTexts,
  clocksSetBack,
];

/**
 * Registers the tests that the records of every store pass. To be called in a test file.
 *
 * @param makeHarness makes new records; called once for each test, or more often
 * @param lacks what the store lacks; the tests that need it are reported as skipped
 */
export function recordsContract(
  name: string,
  makeHarness: Suite['makeHarness'],
  lacks: readonly Capability[] = [],
): void {
  describe(`${name} keep the contract of records`, () => {
    for (const subject of SUBJECTS) subject({ makeHarness, lacks });
  });
}
