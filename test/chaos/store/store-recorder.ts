import { readFileSync } from 'node:fs';
import type { Redis } from 'ioredis';

import { monotonicNow } from '../../support/discord/index.ts';
import type { Buckets, StoredPermit } from '../history.ts';
import { storeClient } from './client.ts';
import { StoreClock } from './store-clock.ts';

const SCRIPT = readFileSync(new URL('read-permits.lua', import.meta.url), 'utf8');

/** A permit may be confirmed, released or lost for this time after it was given, ms. */
const CHANGING_MS = 30_000;

const US_PER_MS = 1000;

interface Reading {
  readonly now: string;
  readonly maxConcurrency: string;
  readonly version: string;
  readonly permits?: readonly (readonly string[])[];
}

/** Copies permits and buckets from the store, so that they are known even after the store has lost them. */
export class StoreRecorder {
  readonly #permits = new Map<string, Omit<StoredPermit, 'givenAt'>>();
  readonly #overwritten: Omit<StoredPermit, 'givenAt'>[] = [];
  readonly #buckets: Omit<Buckets, 'at'>[] = [];
  readonly #storeClock = new StoreClock();
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
      givenAt: this.#storeClock.toLocal(permit.onStoreClock.given),
    })).toSorted((a, b) => a.onStoreClock.given - b.onStoreClock.given);
  }

  get buckets(): Buckets[] {
    return this.#buckets.map((buckets) => ({
      ...buckets,
      at: this.#storeClock.toLocal(buckets.onStoreClock),
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
    this.#storeClock.sample(Number(reading.now) / US_PER_MS, askedAt, monotonicNow());
    this.#recordBuckets(bot, reading);
    const seen = new Set<string>();
    for (const [id = '', ...fields] of reading.permits ?? []) {
      seen.add(id);
      this.#recordPermit(bot, id, fields);
    }
    for (const permit of this.#permits.values()) {
      const isYoung = permit.onStoreClock.given * US_PER_MS > since;
      if (permit.bot === bot && isYoung && !seen.has(permit.id)) {
        this.#permits.set(permit.id, { ...permit, lost: true });
      }
    }
  }

  #recordBuckets(bot: string, { maxConcurrency, version }: Reading): void {
    if (version === '') return;
    const last = this.#buckets.findLast((buckets) => buckets.bot === bot);
    // A version is the time in ms at which it began.
    const onStoreClock = Number(version);
    if (last?.onStoreClock === onStoreClock) return;
    this.#buckets.push({ bot, onStoreClock, maxConcurrency: Number(maxConcurrency) });
  }

  #recordPermit(bot: string, id: string, fields: readonly string[]): void {
    const [bucket, shard, given, confirmBy, confirmed, released] = fields;
    const onStoreClock = {
      given: toMs(given) ?? Number.NaN,
      confirmBy: toMs(confirmBy),
      confirmed: toMs(confirmed),
    };
    const before = this.#permits.get(id);
    // A permit with another moment is another permit, even with the same id.
    if (before !== undefined && before.onStoreClock.given !== onStoreClock.given) {
      this.#overwritten.push({ ...before, id: `${id}, before it was overwritten` });
    }
    this.#permits.set(id, {
      id,
      bot,
      shard: shard === '-1' ? null : Number(shard),
      bucket: Number(bucket),
      onStoreClock,
      // A release counts even if the store has lost it.
      released: released === '1' || before?.released === true,
      lost: false,
    });
  }
}

/** Undefined for the empty text, which the script returns for a missing number. */
function toMs(microseconds = ''): number | undefined {
  return microseconds === '' ? undefined : Number(microseconds) / US_PER_MS;
}
