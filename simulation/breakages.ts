import type { Limiter } from '@gateway-queue/identify-limiter/testing';
import { type Breakage, withOverrides } from './breakage.ts';
import { RULES } from './plan.ts';

/** A breakage of the store for each promise, and the promise that the invariants must find broken. */
export const BREAKAGES: Readonly<Record<string, { promise: string; breakage: Breakage }>> = {
  'gives permits 1 ms early': {
    promise: 'P1',
    breakage: { rules: { intervalMs: RULES.intervalMs - 1 }, wrap: (limiter) => limiter },
  },
  'opens the bucket at the confirm': {
    promise: 'P2',
    breakage: {
      wrap: (limiter, store) =>
        withOverrides(limiter, {
          async confirm(bot, permit) {
            const done = await limiter.confirm(bot, permit);
            const { buckets } = store.dataOf(bot);
            for (const [bucket, closed] of buckets) {
              if (done && closed.permit === permit) {
                buckets.set(bucket, { ...closed, closing: undefined });
              }
            }
            return done;
          },
        }),
    },
  },
  'hands out the reserve': {
    promise: 'P3',
    breakage: { rules: { reserveOf: () => 0 }, wrap: (limiter) => limiter },
  },
  'ignores the heads of other replicas': {
    promise: 'P4',
    breakage: {
      wrap: (limiter, store) =>
        withOverrides(limiter, {
          tryAcquire(attempt) {
            store.dataOf(attempt.bot).heads.clear();
            return limiter.tryAcquire(attempt);
          },
        }),
    },
  },
  'keeps the heads of dead replicas': {
    promise: 'P5',
    breakage: {
      wrap: (limiter, store) =>
        withOverrides(limiter, {
          leads(bot) {
            const { heardAt } = store.dataOf(bot);
            for (const replica of heardAt.keys()) heardAt.set(replica, store.now);
            return limiter.leads(bot);
          },
        }),
    },
  },
  'answers a release and does nothing': {
    promise: 'P9',
    breakage: { wrap: (limiter) => withOverrides(limiter, { release: async () => true }) },
  },
  'keeps no place': {
    promise: 'P6',
    breakage: {
      wrap: (limiter) => withOverrides(limiter, { leave: (entries) => limiter.forget(entries) }),
    },
  },
  'pauses nothing': {
    promise: 'P7',
    breakage: {
      wrap: (limiter) =>
        withOverrides(limiter, { pause: async (order) => ({ ...order, since: 0, until: null }) }),
    },
  },
  'gives two shards one permit': {
    promise: 'P8',
    breakage: { wrap: grantingTwice },
  },
  'announces nothing': {
    promise: 'P9',
    breakage: { wrap: (limiter) => limiter, isSilent: true },
  },
  'never opens a bucket after data was lost': {
    promise: 'liveness',
    breakage: {
      wrap: (limiter, store) =>
        withOverrides(limiter, {
          leads(bot) {
            if (store.wasReplaced) store.dataOf(bot).knownSince = Infinity;
            return limiter.leads(bot);
          },
        }),
    },
  },
};

/** The request that asks right after a permit was granted gets the same permit. */
function grantingTwice(limiter: Limiter): Limiter {
  let last: Awaited<ReturnType<Limiter['tryAcquire']>> | undefined;
  return withOverrides(limiter, {
    async tryAcquire(attempt) {
      const answer = await limiter.tryAcquire(attempt);
      const previous = last;
      last = answer.granted ? answer : undefined;
      return previous?.granted && previous.bot === attempt.bot ? previous : answer;
    },
  });
}
