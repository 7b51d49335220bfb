import type { Evidence } from './evidence.ts';
import { at, type Finding } from './finding.ts';

/** Who still waited when the last fault was over was served in the end. */
export function checkServed({ history }: Evidence): Finding {
  const { asks, calmFrom, stays } = history;
  const violations = stays
    .filter(({ to }) => to === Infinity)
    .map((stay) => ({
      promise: 'everybody is served',
      what:
        `bot ${stay.bot}, shard ${stay.shard} has waited since ${at(stay.from)}, and since the last fault ` +
        `at ${at(calmFrom)}`,
      asks: asks
        .filter(
          ({ askedAt, bot, shard }) =>
            bot === stay.bot && shard === stay.shard && askedAt >= stay.from,
        )
        .map(({ number }) => number)
        .slice(-5),
    }));
  const served = stays.filter(({ to }) => to !== Infinity);
  return {
    violations,
    figures: { served: served.length, longestWaitMs: Math.max(...served.map(waitOf)) },
  };
}

function waitOf({ from, to }: { readonly from: number; readonly to: number }): number {
  return to - from;
}
