import type { OperatorRecords } from '@gateway-queue/operator-records';
import { test } from 'vitest';

/** Records under test, with nothing in them, and a clock that only the test moves. */
export interface RecordsHarness {
  /** Others after each restart. */
  readonly records: OperatorRecords;

  /** Moves the store's clock on. */
  readonly advance: (ms: number) => Promise<void>;

  /** Sets the wall clock that the store has, without time passing. */
  readonly jumpClock: (byMs: number) => void;

  /** Ends the process that has the records, and opens them in another. */
  restart(): Promise<void>;

  dispose(): Promise<void>;
}

/** What records may be unable to show; tests that need it are reported as skipped. `restart`: they outlive one. */
export type Capability = 'restart';

/** What every part of the contract is given. */
export interface Suite {
  readonly makeHarness: () => Promise<RecordsHarness>;
  readonly lacks: readonly Capability[];
}

/** Runs `use` over new records. */
export async function withHarness(
  { makeHarness }: Suite,
  use: (harness: RecordsHarness) => Promise<void>,
): Promise<void> {
  const harness = await makeHarness();
  try {
    await use(harness);
  } finally {
    await harness.dispose();
  }
}

/** What registers tests that need a capability. */
export function testNeeding(suite: Suite, capability: Capability): ReturnType<typeof test.skipIf> {
  // oxlint-disable-next-line vitest/expect-expect, vitest/no-disabled-tests, vitest/valid-title -- it registers none itself
  return test.skipIf(suite.lacks.includes(capability));
}
