import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FakeClock } from '@gateway-queue/identify-limiter/testing';
import type { OperatorRecords, Store } from '@gateway-queue/operator-records';
import type { RecordsHarness } from '@gateway-queue/operator-records/testing';
import { openStore } from '../open-store.ts';

/** Files in memory where there are such: thousands of entries are no test of the machine's disk. */
const ROOT = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();

/** Records on a fake clock, in a file of their own unless they are to be in memory. */
export class SqliteRecordsHarness implements RecordsHarness {
  readonly #clock = new FakeClock();
  readonly #dataDir: string;
  #store: Store;

  constructor(where: 'file' | 'memory') {
    this.#dataDir = where === 'memory' ? ':memory:' : mkdtempSync(join(ROOT, 'store-sqlite-'));
    this.#store = openStore(this.#dataDir, this.#clock);
  }

  get records(): OperatorRecords {
    return this.#store.records;
  }

  readonly advance = (ms: number): Promise<void> => this.#clock.advance(ms);

  readonly jumpClock = (byMs: number): void => this.#clock.jumpWall(byMs);

  async restart(): Promise<void> {
    await this.#store.close();
    this.#store = openStore(this.#dataDir, this.#clock);
  }

  async dispose(): Promise<void> {
    await this.#store.close();
    if (this.#dataDir !== ':memory:') rmSync(this.#dataDir, { recursive: true, force: true });
  }
}
