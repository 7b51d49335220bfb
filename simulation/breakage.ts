import type { LimiterRules } from '@gateway-queue/identify-limiter';
import type { Limiter } from '@gateway-queue/identify-limiter/testing';
import type { SharedStore } from './store/shared-store.ts';

/** What does not work in a world as it should: the invariants are to find it. */
export interface Breakage {
  /** Rules that the store goes by instead of the true ones. */
  readonly rules?: Partial<LimiterRules>;
  /** What a replica, an operator or the gateway has instead of its limiter. */
  /** Whether nobody is told of any change. */
  readonly isSilent?: boolean;
  readonly wrap: (limiter: Limiter, store: SharedStore) => Limiter;
}

/** Everything works. */
export const SOUND: Breakage = { wrap: (limiter) => limiter };

/** The limiter with some of its operations replaced. */
export function withInstead(limiter: Limiter, instead: Partial<Limiter>): Limiter {
  return new Proxy(limiter, {
    get(target, name) {
      const value: unknown = Reflect.get({ ...instead }, name) ?? Reflect.get(target, name);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}
