import type { PermitView } from '@gateway-queue/identify-limiter';
import type { LastPermitBody } from '../bodies/last-permit.body.ts';
import type { RecentPermitBody } from '../bodies/recent-permit.body.ts';
import { toPermitId } from '../../queue/v1/permit-id.ts';
import { isUsed } from './is-used.ts';
import { steady } from './steady.ts';

const MINUTE_MS = 60_000;

/** How many were given in the last minute, and not released. */
export function permitsPerMinute(permits: readonly PermitView[]): number {
  return permits.filter((permit) => permit.ageMs < MINUTE_MS && isUsed(permit)).length;
}

/** Those that are shown, by their ids. */
export function makeRecentPermits(
  bot: string,
  permits: readonly PermitView[],
  wallNow: number,
  before: Readonly<Record<string, RecentPermitBody>>,
): Record<string, RecentPermitBody> {
  return Object.fromEntries(
    permits.map(({ ageMs, bucket, status, id, shard }) => {
      const publicId = toPermitId({ bot, id });
      const at = steady(wallNow - ageMs, before[publicId]?.at);
      return [publicId, { ...(shard !== null && { shard }), bucket, at, status }];
    }),
  );
}

/** The last one of each bucket. */
export function makeLastPermits(
  bot: string,
  permits: readonly PermitView[],
  wallNow: number,
  before: (bucket: number) => LastPermitBody | undefined,
): Map<number, LastPermitBody> {
  const last = new Map<number, LastPermitBody>();
  for (const { ageMs, bucket, status, id, shard } of permits) {
    if (last.has(bucket)) continue;
    const at = steady(wallNow - ageMs, before(bucket)?.at);
    last.set(bucket, {
      id: toPermitId({ bot, id }),
      ...(shard !== null && { shard }),
      at,
      status,
    });
  }
  return last;
}
