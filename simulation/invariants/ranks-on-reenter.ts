import type { IndexedHistory } from '../history/indexed-history.ts';
import type { Violation } from './invariant.ts';

/** A replica knows the rank of its entry after this time at the latest: no call is repeated for longer. */
const KNOWN_MS = 5000;

/**
 * P4, under all faults, also after the store lost data or declared a living replica dead: a request that enters again after
 * its replica had known its rank for 5 s joins no later than before, unless its shard used that rank meanwhile.
 */
export function ranksOnReenter(history: IndexedHistory): Violation[] {
  return Array.from(history.requests.values()).flatMap(({ bot, name, ranks }) =>
    ranks.flatMap(({ at, rank }, index) => {
      const before = ranks[index - 1];
      if (before === undefined || at - before.at < KNOWN_MS) return [];
      if (rank.joinedAt <= before.rank.joinedAt) return [];
      const isUsed = history.permits.some(
        (permit) => permit.bot === bot && permit.rank.ticket === before.rank.ticket,
      );
      if (isUsed) return [];
      const text = `${name} had joined at ${before.rank.joinedAt}, and then at ${rank.joinedAt}`;
      return [{ promise: 'P4', at, text }];
    }),
  );
}
