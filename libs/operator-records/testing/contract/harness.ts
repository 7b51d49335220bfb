import type { OperatorRecords } from '@gateway-queue/operator-records';
import { test } from 'vitest';
import { record } from './samples.ts';

/** Records under test, which are empty at first, and a clock that only the test moves. */
export interface RecordsHarness {
  /** Another object after each restart. */
  readonly records: OperatorRecords;

  /** Lets so many ms pass on the store's clock. */
  readonly advance: (ms: number) => Promise<void>;

  /** Sets the store's wall clock by so many ms, without time passing. */
  readonly jumpClock: (byMs: number) => void;

  /** Ends the process that has the records, and opens them in another process. */
  restart(): Promise<void>;

  dispose(): Promise<void>;
}

/** What a store may lack. Tests that need it are reported as skipped. `restart`: the records outlive a restart. */
export type Capability = 'restart';

/** What every part of the contract gets. */
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

/** The moment on the store's clock, in ms since the Unix epoch: that of an entry of the audit log. */
export async function momentNow({ audit }: OperatorRecords): Promise<number> {
  return (await audit.append(record())).at;
}

/** The function that registers tests which need a capability. */
export function testNeeding(suite: Suite, capability: Capability): ReturnType<typeof test.skipIf> {
  // oxlint-disable-next-line vitest/expect-expect, vitest/no-disabled-tests, vitest/valid-title -- it registers no test itself
  return test.skipIf(suite.lacks.includes(capability));
}
