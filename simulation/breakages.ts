import type { Limiter } from '@gateway-queue/identify-limiter/testing';
import { type Breakage, withInstead } from './breakage.ts';
import { RULES } from './plan.ts';

/** Ways in which a store could break each promise, and the promise that is broken then. */
export const BREAKAGES: Readonly<Record<string, { promise: string; broken: Breakage }>> = {
  'gives permits 1 ms early': {
    promise: 'P1',
    broken: { rules: { intervalMs: RULES.intervalMs - 1 }, wrap: (limiter) => limiter },
  },
  'opens the bucket with the confirm': {
    promise: 'P2',
    broken: {
      wrap: (limiter, store) =>
        withInstead(limiter, {
          async confirm(bot, permit) {
            const done = await limiter.confirm(bot, permit);
            const bucket = [...store.bot(bot, 'saboteur').buckets.values()].find(
              (other) => other.permit === permit,
            );
            if (done && bucket !== undefined) bucket.closing = undefined;
            return done;
          },
        }),
    },
  },
  'hands out the reserve': {
    promise: 'P3',
    broken: { rules: { reserveOf: () => 0 }, wrap: (limiter) => limiter },
  },
  'goes by no head of another replica': {
    promise: 'P4',
    broken: {
      wrap: (limiter, store) =>
        withInstead(limiter, {
          tryAcquire(attempt) {
            store.bot(attempt.bot, 'saboteur').heads.clear();
            return limiter.tryAcquire(attempt);
          },
        }),
    },
  },
  'lets the heads of the dead stand': {
    promise: 'P5',
    broken: {
      wrap: (limiter, store) =>
        withInstead(limiter, {
          leads(bot) {
            const { replicas } = store.bot(bot, 'saboteur');
            for (const replica of replicas.keys()) replicas.set(replica, store.now);
            return limiter.leads(bot);
          },
        }),
    },
  },
  'takes a permit back only to say so': {
    promise: 'P9',
    broken: { wrap: (limiter) => withInstead(limiter, { release: async () => true }) },
  },
  'keeps no place': {
    promise: 'P6',
    broken: {
      wrap: (limiter) => withInstead(limiter, { leave: (entries) => limiter.forget(entries) }),
    },
  },
  'pauses nothing': {
    promise: 'P7',
    broken: { wrap: (limiter) => withInstead(limiter, { pause: async () => undefined }) },
  },
  'gives two shards one permit': {
    promise: 'P8',
    broken: { wrap: givingTwice },
  },
  'announces nothing': {
    promise: 'P9',
    broken: { wrap: (limiter) => limiter, isSilent: true },
  },
  'never opens after data was lost': {
    promise: 'liveness',
    broken: {
      wrap: (limiter, store) =>
        withInstead(limiter, {
          leads(bot) {
            if (store.wasReplaced) store.bot(bot, 'saboteur').knownSince = Infinity;
            return limiter.leads(bot);
          },
        }),
    },
  },
};

/** Who asks right after a permit was given is given the same. */
function givingTwice(limiter: Limiter): Limiter {
  let last: Awaited<ReturnType<Limiter['tryAcquire']>> | undefined;
  return withInstead(limiter, {
    async tryAcquire(attempt) {
      const answer = await limiter.tryAcquire(attempt);
      const given = last;
      last = answer.granted ? answer : undefined;
      return given?.granted && given.bot === attempt.bot ? given : answer;
    },
  });
}
