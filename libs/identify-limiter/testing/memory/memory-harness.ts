import { DEAD_AFTER_MS, type LimiterRules, SETTLE_MS } from '@gateway-queue/identify-limiter';
import {
  DEFAULT_RULES,
  type HarnessOptions,
  type LimiterHarness,
  type RestartOptions,
} from '../contract/harness.ts';
import { FakeClock } from '../fake-clock.ts';
import { MemoryLimiter } from './memory-limiter.ts';
import { MemoryStore } from './memory-store.ts';

export interface MemoryHarnessOptions extends HarnessOptions {
  readonly maxPlaces?: number;
  readonly placeTtlMs?: number;
  readonly settleMs?: number;
}

/** Limiters over a {@link MemoryStore}, on a clock that only the test moves. */
export class MemoryHarness implements LimiterHarness {
  readonly placeTtlMs: number;
  readonly maxPlaces: number;
  readonly settleMs: number;
  /** A second more than it takes in fact: a silence is noticed by the first operation after it. */
  readonly deadReplicaMs = DEAD_AFTER_MS + 1000;
  rules: LimiterRules;
  readonly #clock = new FakeClock();
  #store: MemoryStore;
  #replicas = new Map<string, MemoryLimiter>();
  #run = 0;

  constructor({
    maxPlaces = 8,
    placeTtlMs = 90_000,
    rules,
    settleMs = SETTLE_MS,
  }: MemoryHarnessOptions = {}) {
    this.placeTtlMs = placeTtlMs;
    this.maxPlaces = maxPlaces;
    this.settleMs = settleMs;
    this.rules = { ...DEFAULT_RULES, ...rules };
    this.#store = this.#open();
  }

  get intervalMs(): number {
    return this.rules.intervalMs + this.rules.marginMs;
  }

  replica(name = 'a'): MemoryLimiter {
    const limiter =
      this.#replicas.get(name) ?? new MemoryLimiter(this.#store, `${name}${this.#run}`);
    this.#replicas.set(name, limiter);
    return limiter;
  }

  /** All replicas live on meanwhile. */
  async advance(ms: number): Promise<void> {
    await this.#clock.advance(ms);
    const { now } = this.#store;
    const living = Array.from(this.#replicas.values(), ({ replica }) => replica);
    for (const [, data] of this.#store.bots) {
      data.writtenAt = now;
      for (const replica of living) if (data.heardAt.has(replica)) data.heardAt.set(replica, now);
    }
    this.#noticeSilence();
  }

  jumpWall(): void {
    // The store reads no wall clock.
  }

  async restart({ downMs = 0, rules }: RestartOptions = {}): Promise<void> {
    this.#replicas = new Map();
    this.#run += 1;
    this.rules = { ...this.rules, ...rules };
    const data = this.#store.copy();
    await this.#clock.advance(downMs);
    this.#store = this.#open();
    this.#store.restore(data);
    this.#noticeSilence();
  }

  async dispose(): Promise<void> {
    // There is nothing to close.
  }

  /** Has the store notice now which replicas are dead, or that it was away itself. */
  #noticeSilence(): void {
    for (const [bot, { heardAt }] of this.#store.bots) {
      this.#store.begin(bot, 'harness');
      heardAt.delete('harness');
    }
  }

  #open(): MemoryStore {
    const { maxPlaces, placeTtlMs, rules, settleMs } = this;
    return new MemoryStore({ clock: this.#clock, rules, placeTtlMs, maxPlaces, settleMs });
  }
}
