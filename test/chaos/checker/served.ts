import type { Evidence } from './evidence.ts';
import { at, type Finding } from './finding.ts';

/** Liveness, once faults have ended: every shard that waited then was served in the end. */
export function checkServed({ history }: Evidence): Finding {
  const { requests, faultsOverAt, shardWaits } = history;
  const violations = shardWaits
    .filter(({ to }) => to === Infinity)
    .map((shardWait) => ({
      promise: 'every shard is served',
      what:
        `bot ${shardWait.bot}, shard ${shardWait.shard} has waited since ${at(shardWait.from)}, and since the last fault ` +
        `at ${at(faultsOverAt)}`,
      requests: requests
        .filter(
          ({ askedAt, bot, shard }) =>
            bot === shardWait.bot && shard === shardWait.shard && askedAt >= shardWait.from,
        )
        .map(({ number }) => number)
        .slice(-5),
    }));
  const served = shardWaits.filter(({ to }) => to !== Infinity);
  return {
    violations,
    figures: { served: served.length, maxShardWaitMs: Math.max(...served.map(waitOf)) },
  };
}

function waitOf({ from, to }: { readonly from: number; readonly to: number }): number {
  return to - from;
}
