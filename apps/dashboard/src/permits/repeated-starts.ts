import type { Permit } from '../api/schemas.ts';
import { isUsed } from './is-used.ts';

/** A shard that got several permits within the last hour. */
export interface RepeatedStart {
  readonly shard: number;
  readonly bucket: number;
  /** The number of permits, without released ones. */
  readonly starts: number;
  /** When the shard got its latest permit, in ms since the Unix epoch. */
  readonly lastAt: number;
}

/** One or two starts within an hour are ordinary deployments. */
const MIN_STARTS = 3;

/** With more shards than this the cause is a shared one, and a longer list does not help. */
const MAX_NAMED = 10;

/** The shards that started most often, as in a crash loop; those with the most starts first. @param permits newest first */
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
