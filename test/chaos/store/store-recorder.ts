import { readFileSync } from 'node:fs';
import type { Redis } from 'ioredis';

import { monotonicNow } from '../../support/discord/index.ts';
import type { Buckets, StoredPermit } from '../history.ts';
import { storeClient } from './client.ts';
import { ClockLine } from './store-clock.ts';

const SCRIPT = readFileSync(new URL('read-permits.lua', import.meta.url), 'utf8');

/** A permit may change for so long after it was given, ms: it is confirmed, released or lost. */
const CHANGING_MS = 30_000;

const US_PER_MS = 1000;

interface Reading {
  readonly now: string;
  readonly maxConcurrency: string;
  readonly version: string;
  readonly permits?: readonly (readonly string[])[];
}

/** Copies what the store has on record, so that it is known also when the store loses it. */
export class StoreRecord {
  readonly #permits = new Map<string, Omit<StoredPermit, 'givenAt'>>();
  readonly #overwritten: Omit<StoredPermit, 'givenAt'>[] = [];
  readonly #buckets: Omit<Buckets, 'at'>[] = [];
  readonly #clockLine = new ClockLine();
  readonly #client: Redis;

  constructor(
    port: number,
    private readonly prefix: string,
    private readonly bots: readonly string[],
  ) {
    this.#client = storeClient(port);
  }

  get permits(): StoredPermit[] {
    const permits = [...this.#permits.values(), ...this.#overwritten];
    return Array.from(permits, (permit) => ({
      ...permit,
      givenAt: this.#clockLine.toHere(permit.onStore.given),
    })).toSorted((a, b) => a.onStore.given - b.onStore.given);
  }

  get buckets(): Buckets[] {
    return this.#buckets.map((buckets) => ({
      ...buckets,
      at: this.#clockLine.toHere(buckets.onStore),
    }));
  }

  /** Resolves to whether the store could be read. */
  async read(): Promise<boolean> {
    try {
      for (const bot of this.bots) await this.#readBot(bot);
      return true;
    } catch {
      return false;
    }
  }

  close(): void {
    this.#client.disconnect();
  }

  async #readBot(bot: string): Promise<void> {
    const keys = ['bot', 'permits', 'permits-granted'].map(
      (key) => `${this.prefix}:{${bot}}:${key}`,
    );
    const since = (Date.now() - CHANGING_MS) * US_PER_MS;
    const askedAt = monotonicNow();
    const json = await this.#client.eval(SCRIPT, keys.length, ...keys, since);
    const reading: Reading = JSON.parse(String(json));
    this.#clockLine.sample(Number(reading.now) / US_PER_MS, askedAt, monotonicNow());
    this.#noteBuckets(bot, reading);
    const seen = new Set<string>();
    for (const [id = '', ...fields] of reading.permits ?? []) {
      seen.add(id);
      this.#notePermit(bot, id, fields);
    }
    for (const permit of this.#permits.values()) {
      const isYoung = permit.onStore.given * US_PER_MS > since;
      if (permit.bot === bot && isYoung && !seen.has(permit.id)) {
        this.#permits.set(permit.id, { ...permit, lost: true });
      }
    }
  }

  #noteBuckets(bot: string, { maxConcurrency, version }: Reading): void {
    if (version === '') return;
    const last = this.#buckets.findLast((buckets) => buckets.bot === bot);
    // Versions go on from the time in ms.
    const onStore = Number(version);
    if (last?.onStore === onStore) return;
    this.#buckets.push({ bot, onStore, maxConcurrency: Number(maxConcurrency) });
  }

  #notePermit(bot: string, id: string, fields: readonly string[]): void {
    const [bucket, shard, given, confirmBy, confirmed, back] = fields;
    const onStore = {
      given: toMs(given) ?? Number.NaN,
      confirmBy: toMs(confirmBy),
      confirmed: toMs(confirmed),
    };
    const before = this.#permits.get(id);
    // One permit that was given twice is two, whatever the store says.
    if (before !== undefined && before.onStore.given !== onStore.given) {
      this.#overwritten.push({ ...before, id: `${id}, before it was overwritten` });
    }
    this.#permits.set(id, {
      id,
      bot,
      shard: shard === '-1' ? null : Number(shard),
      bucket: Number(bucket),
      onStore,
      // Also when the store has lost that.
      back: back === '1' || before?.back === true,
      lost: false,
    });
  }
}

/** The script writes nothing where there is nothing. */
function toMs(microseconds = ''): number | undefined {
  return microseconds === '' ? undefined : Number(microseconds) / US_PER_MS;
}
