import type { LimiterRules } from '@gateway-queue/identify-limiter';
import type { Limiter } from '@gateway-queue/identify-limiter/testing';
import type { SharedStore } from './store/shared-store.ts';

/** A way in which the store of a world breaks a promise, so that a test can see whether the invariants find it. */
export interface Breakage {
  /** Rules that the store follows instead of the right ones. */
  readonly rules?: Partial<LimiterRules>;
  /** Whether the store announces no changes. */
  readonly isSilent?: boolean;
  /** Returns the limiter that a replica, the operator or the limits refresher uses instead of the right one. */
  readonly wrap: (limiter: Limiter, store: SharedStore) => Limiter;
}

/** The store keeps every promise. */
export const NO_BREAKAGE: Breakage = { wrap: (limiter) => limiter };

/** The limiter, with some of its operations replaced. */
export function withOverrides(limiter: Limiter, overrides: Partial<Limiter>): Limiter {
  return new Proxy(limiter, {
    get(target, name) {
      const value: unknown = Reflect.get({ ...overrides }, name) ?? Reflect.get(target, name);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}
