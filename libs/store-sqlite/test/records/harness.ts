import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FakeClock } from '@gateway-queue/identify-limiter/testing';
import { openLocalRecords } from '@gateway-queue/store-sqlite';
import { type OperatorRecords } from '@gateway-queue/operator-records';
import type { RecordsHarness } from '../../../operator-records/testing/contract/harness.ts';

/** Files in memory where there are such: thousands of entries are no test of the machine's disk. */
const ROOT = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();

/** Local records on a fake clock, in a file of their own unless they are to be in memory. */
export class LocalHarness implements RecordsHarness {
  records: OperatorRecords;
  readonly #clock = new FakeClock();
  readonly #dataDir: string;

  constructor(where: 'file' | 'memory') {
    this.#dataDir = where === 'memory' ? ':memory:' : mkdtempSync(join(ROOT, 'operator-records-'));
    this.records = this.#open();
  }

  readonly advance = (ms: number): Promise<void> => this.#clock.advance(ms);

  readonly jumpClock = (byMs: number): void => this.#clock.jumpWall(byMs);

  async restart(): Promise<void> {
    await this.records.close();
    this.records = this.#open();
  }

  async dispose(): Promise<void> {
    await this.records.close();
    if (this.#dataDir !== ':memory:') rmSync(this.#dataDir, { recursive: true, force: true });
  }

  #open(): OperatorRecords {
    return openLocalRecords({ clock: this.#clock, dataDir: this.#dataDir });
  }
}
