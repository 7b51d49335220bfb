import type { PermitView } from '@gateway-queue/identify-limiter';
import type { BotBody } from '../bodies/bot.body.ts';
import type { LastPermitBody } from '../bodies/last-permit.body.ts';
import type { RecentPermitBody } from '../bodies/recent-permit.body.ts';
import { toPermitId } from '../../queue/v1/permit-id.ts';
import { isUsed } from './is-used.ts';
import type { Reading } from './reading.ts';

const MINUTE_MS = 60_000;

/** How many permits were given in the last minute and not released. */
export function permitsPerMinute({ now, permits }: Pick<Reading, 'now' | 'permits'>): number {
  return permits.filter((permit) => now - permit.grantedAt < MINUTE_MS && isUsed(permit)).length;
}

/** How many of the permits that were read, those of the last hour at most, named no shard and were not released. */
export function unnamedPermits({
  permits,
}: Pick<Reading, 'permits'>): Pick<BotBody, 'unnamedPermits'> {
  const count = permits.filter((permit) => permit.shard === null && isUsed(permit)).length;
  return count === 0 ? {} : { unnamedPermits: count };
}

/** The permits that are shown, by their public ids. */
export function makeRecentPermits(
  bot: string,
  permits: readonly PermitView[],
): Record<string, RecentPermitBody> {
  return Object.fromEntries(
    permits.map((permit) => [toPermitId({ bot, id: permit.id }), makePermit(permit)]),
  );
}

export function makePermit({ bucket, grantedAt, shard, status }: PermitView): RecentPermitBody {
  return { ...(shard !== null && { shard }), bucket, at: Math.round(grantedAt), status };
}

/** The last permit of each bucket. @param permits latest first */
export function makeLastPermits(
  bot: string,
  permits: readonly PermitView[],
): Map<number, LastPermitBody> {
  const last = new Map<number, LastPermitBody>();
  for (const permit of permits) {
    if (last.has(permit.bucket)) continue;
    const { bucket, ...body } = makePermit(permit);
    last.set(bucket, { id: toPermitId({ bot, id: permit.id }), ...body });
  }
  return last;
}
