import type { LimiterRules } from '@gateway-queue/identify-limiter';
import {
  DEFAULT_RULES,
  FakeClock,
  type HarnessOptions,
  limiterContract,
  type LimiterHarness,
  type RestartOptions,
} from '@gateway-queue/identify-limiter/testing';
import { SETTLE_MS } from './limits.ts';
import { DEAD_AFTER_MS, SharedStore } from './shared-store.ts';
import { StoreLimiter } from './store-limiter.ts';

/** The model is a limiter like the others, so what is found with it can be believed. */
class ModelHarness implements LimiterHarness {
  readonly placeTtlMs = 90_000;
  readonly maxPlaces = 8;
  readonly deadReplicaMs = DEAD_AFTER_MS + 1000;
  readonly settleMs = SETTLE_MS;
  rules: LimiterRules;
  readonly #clock = new FakeClock();
  #store: SharedStore;
  #replicas = new Map<string, StoreLimiter>();
  #run = 0;

  constructor({ rules }: HarnessOptions = {}) {
    this.rules = { ...DEFAULT_RULES, ...rules };
    this.#store = this.#open();
  }

  get intervalMs(): number {
    return this.rules.intervalMs + this.rules.marginMs;
  }

  replica(name = 'a'): StoreLimiter {
    const limiter =
      this.#replicas.get(name) ?? new StoreLimiter(this.#store, `${name}${this.#run}`);
    this.#replicas.set(name, limiter);
    return limiter;
  }

  /** All replicas live on meanwhile. */
  async advance(ms: number): Promise<void> {
    await this.#clock.advance(ms);
    this.#store.haveSentHeartbeats(Array.from(this.#replicas.values(), ({ replica }) => replica));
  }

  jumpWall(): void {
    // The model looks at no wall clock.
  }

  async restart({ downMs = 0, rules }: RestartOptions = {}): Promise<void> {
    this.#replicas = new Map();
    this.#run += 1;
    this.rules = { ...this.rules, ...rules };
    const data = this.#store.copy();
    await this.#clock.advance(downMs);
    this.#store = this.#open();
    this.#store.resume(data);
  }

  async dispose(): Promise<void> {
    // There is nothing to close.
  }

  #open(): SharedStore {
    const { placeTtlMs, maxPlaces, rules } = this;
    return new SharedStore({ clock: this.#clock, rules, placeTtlMs, maxPlaces });
  }
}

limiterContract(
  'the model of the shared store',
  (options) => Promise.resolve(new ModelHarness(options)),
  ['reboot'],
);
