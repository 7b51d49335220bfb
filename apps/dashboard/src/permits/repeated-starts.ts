import type { Permit } from '../api/schemas.ts';
import { isUsed } from './is-used.ts';

/** A shard that was given several permits within the hour. */
export interface RepeatedStart {
  readonly shard: number;
  readonly bucket: number;
  /** How many permits, those apart that were released. */
  readonly starts: number;
  /** When it was given the last one, in ms since the Unix epoch. */
  readonly lastAt: number;
}

/** One deployment is no loop, and neither are two. */
const MIN_STARTS = 3;

/** Who needs more looks for a cause that they share. */
const MAX_NAMED = 10;

/** The shards that started most often, as in a crash loop; the most restless first. @param permits newest first */
export function repeatedStarts(permits: readonly Permit[]): RepeatedStart[] {
  const shards = new Map<number, RepeatedStart>();
  for (const { at, bucket, shard } of permits.filter(isUsed)) {
    if (shard === undefined) continue;
    const { starts, ...latest } = shards.get(shard) ?? { shard, bucket, lastAt: at, starts: 0 };
    shards.set(shard, { ...latest, starts: starts + 1 });
  }
  return [...shards.values()]
    .filter(({ starts }) => starts >= MIN_STARTS)
    .toSorted((one, other) => other.starts - one.starts || other.lastAt - one.lastAt)
    .slice(0, MAX_NAMED);
}
