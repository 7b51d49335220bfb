import {
  type Attempt,
  throttledUntil,
  type LimiterRules,
  opensAt,
  type Permit,
  type PermitStatus,
  type PermitView,
} from '@gateway-queue/identify-limiter';
import type { BotData, PermitRecord, ReportedLimits } from './data.ts';

/** How long after its use in ms a permit is forgotten: longer than any answer can be late and than a release takes. */
const KEEP_MS = 60 * 60 * 1000;

/** When the bucket may have its next permit. */
export function bucketOpensAt(bot: BotData, bucket: number, rules: LimiterRules): number {
  const closings = [
    { from: bot.knownSince, kind: 'unconfirmed' as const },
    bot.formerly,
    bot.buckets.get(bucket)?.closing,
  ];
  const moments = closings.map((closing) => (closing ? opensAt(closing, rules) : -Infinity));
  return Math.max(bot.settledAt, ...moments);
}

/** When a throttled shard may go. A request that names no shard may be any of them, and is never throttled. */
export function shardThrottledUntil(
  bot: BotData,
  shard: number | null,
  { budget }: ReportedLimits,
  rules: LimiterRules,
  now: number,
): number | undefined {
  if (shard === null) return undefined;
  const given = Array.from(bot.permits.values())
    .filter(({ released, permit }) => permit.shard === shard && !released)
    .map(({ givenAt }) => givenAt)
    .toSorted((a, b) => b - a);
  return throttledUntil(rules.crashLoop, budget, given, now);
}

/** Records a permit and closes its bucket. */
export function record(bot: BotData, attempt: Attempt, rules: LimiterRules, now: number): Permit {
  const { operation: id, bot: name, bucket, confirm, rank, shard } = attempt;
  const oldest = now - Math.max(KEEP_MS, rules.crashLoop.windowMs);
  for (const [old, { usedBy }] of bot.permits) if (usedBy < oldest) bot.permits.delete(old);
  const confirmWithinMs = confirm ? rules.confirmTimeoutMs : null;
  const permit = { granted: true as const, id, bot: name, shard, bucket, confirmWithinMs };
  const confirmBy = confirmWithinMs === null ? null : now + confirmWithinMs;
  const usedBy = confirmBy ?? now;
  bot.permits.set(id, {
    permit,
    givenAt: now,
    confirmBy,
    usedBy,
    confirmed: false,
    released: false,
    before: bot.buckets.get(bucket)?.closing,
    rank,
  });
  bot.buckets.set(bucket, { closing: { from: usedBy, kind: 'unconfirmed' }, permit: id });
  return permit;
}

/** The permit, with what is left of the time for its confirm. */
export function asNow({ permit, confirmBy }: PermitRecord, now: number): Permit {
  return { ...permit, confirmWithinMs: confirmBy === null ? null : Math.max(confirmBy - now, 0) };
}

/** The permit, unless it is unknown or forgotten: then it can be neither confirmed nor released any more. */
export function findToSettle(bot: BotData, id: string, now: number): PermitRecord | undefined {
  const stored = bot.permits.get(id);
  return stored !== undefined && stored.usedBy >= now - KEEP_MS ? stored : undefined;
}

/** How many permits may have been used at that moment or later, less those released. */
export function usedSince({ permits }: BotData, since: number): number {
  return Array.from(permits.values()).filter(({ released, usedBy }) => !released && usedBy >= since)
    .length;
}

/** Whether it is this permit that keeps its bucket closed. */
export function keepsClosed(
  { buckets }: BotData,
  { permit }: PermitRecord,
  rules: LimiterRules,
  now: number,
): boolean {
  const bucket = buckets.get(permit.bucket);
  if (bucket?.permit !== permit.id || bucket.closing === undefined) return false;
  return opensAt(bucket.closing, rules) > now;
}

/** From now on a plain interval keeps the permit's bucket closed. */
export function takeConfirm(bot: BotData, stored: PermitRecord, now: number): void {
  const { bucket, id } = stored.permit;
  stored.confirmed = true;
  stored.usedBy = now;
  bot.buckets.set(bucket, { closing: { from: now, kind: 'confirmed' }, permit: id });
}

/** Opens the bucket as if the permit had not been given, unless a later one closed it. */
export function takeBack(bot: BotData, stored: PermitRecord): void {
  stored.released = true;
  const bucket = bot.buckets.get(stored.permit.bucket);
  if (bucket?.permit !== stored.permit.id) return;
  bucket.closing = stored.before;
  bucket.permit = null;
}

/** The permits given last, latest first. */
export function latest({ permits }: BotData, atMost: number, now: number): PermitView[] {
  return Array.from(permits.values())
    .toSorted((a, b) => b.givenAt - a.givenAt)
    .slice(0, atMost)
    .map((stored) => ({
      id: stored.permit.id,
      shard: stored.permit.shard,
      bucket: stored.permit.bucket,
      grantedAt: stored.givenAt,
      status: statusOf(stored, now),
    }));
}

function statusOf({ confirmBy, confirmed, released }: PermitRecord, now: number): PermitStatus {
  if (released) return 'released';
  if (confirmed) return 'confirmed';
  if (confirmBy === null) return 'granted';
  return confirmBy > now ? 'pending' : 'expired';
}
