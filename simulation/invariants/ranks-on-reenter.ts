import type { Story } from '../history/indexed-history.ts';
import type { Violation } from './invariant.ts';

/** Longer than any call is repeated for: by then a replica knows the rank that an entry of its has. */
const KNOWN_MS = 5000;

/**
 * P4, whatever data is lost and whoever is taken for dead: who enters again has joined no later than it had before, as its
 * replica had known for 5 s, unless its shard was served by that rank meanwhile.
 */
export function keptRanks(story: Story): Violation[] {
  return Array.from(story.requests.values()).flatMap(({ bot, name, ranks }) =>
    ranks.flatMap(({ at, rank }, index) => {
      const before = ranks[index - 1];
      if (before === undefined || at - before.at < KNOWN_MS) return [];
      if (rank.joinedAt <= before.rank.joinedAt) return [];
      const isUsed = story.permits.some(
        (permit) => permit.bot === bot && permit.rank.ticket === before.rank.ticket,
      );
      if (isUsed) return [];
      const text = `${name} had joined at ${before.rank.joinedAt}, and then at ${rank.joinedAt}`;
      return [{ promise: 'P4', at, text }];
    }),
  );
}
