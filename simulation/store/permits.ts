import {
  type Attempt,
  brakedUntil,
  type LimiterRules,
  opensAt,
  type Permit,
} from '@gateway-queue/identify-limiter';
import type { BotData, PermitRecord, ReportedLimits } from './data.ts';

/** Longer than any answer can be late and than a give-back takes. */
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

/** When a braked shard may go. A request that names no shard may be any of them, and is never braked. */
export function shardBrakedUntil(
  bot: BotData,
  shard: number | null,
  { budget }: ReportedLimits,
  rules: LimiterRules,
  now: number,
): number | undefined {
  if (shard === null) return undefined;
  const given = (): number[] =>
    Array.from(bot.permits.values())
      .filter(({ givenBack, permit }) => permit.shard === shard && !givenBack)
      .map(({ times }) => times.givenAt)
      .toSorted((a, b) => b - a);
  return brakedUntil(rules.storm, budget, given, now);
}

/** Records a permit and closes its bucket. */
export function record(bot: BotData, attempt: Attempt, rules: LimiterRules, now: number): Permit {
  const { operation: id, bot: name, bucket, confirm, rank, shard } = attempt;
  const keepMs = rules.confirmTimeoutMs + Math.max(KEEP_MS, rules.storm.windowMs);
  for (const [old, { times }] of bot.permits) {
    if (times.givenAt < now - keepMs) bot.permits.delete(old);
  }
  const confirmWithinMs = confirm ? rules.confirmTimeoutMs : null;
  const permit = { granted: true as const, id, bot: name, shard, bucket, confirmWithinMs };
  const confirmBy = confirmWithinMs === null ? null : now + confirmWithinMs;
  bot.permits.set(id, {
    permit,
    times: { givenAt: now, usedBy: confirmBy ?? now },
    confirmBy,
    confirmed: false,
    givenBack: false,
    before: bot.buckets.get(bucket)?.closing,
    rank,
  });
  const kind = confirm ? 'awaited' : 'unconfirmed';
  bot.buckets.set(bucket, { closing: { from: now, kind }, permit: id });
  return permit;
}

/** The permit, with what is left of the time for its confirm. */
export function asNow({ permit, confirmBy }: PermitRecord, now: number): Permit {
  return { ...permit, confirmWithinMs: confirmBy === null ? null : Math.max(confirmBy - now, 0) };
}

/** From now on a plain interval keeps the bucket closed. Returns false when the permit keeps nothing closed any more. */
export function takeConfirm(
  bot: BotData,
  stored: PermitRecord,
  rules: LimiterRules,
  now: number,
): boolean {
  const bucket = bot.buckets.get(stored.permit.bucket);
  if (bucket?.permit !== stored.permit.id || bucket.closing === undefined) return false;
  if (opensAt(bucket.closing, rules) <= now) return false;
  stored.confirmed = true;
  stored.times = { ...stored.times, usedBy: now };
  bucket.closing = { from: now, kind: 'confirmed' };
  return true;
}

/** Opens the bucket as if the permit had not been given, unless a later one closed it. */
export function takeBack(bot: BotData, stored: PermitRecord): void {
  stored.givenBack = true;
  const bucket = bot.buckets.get(stored.permit.bucket);
  if (bucket?.permit !== stored.permit.id) return;
  bucket.closing = stored.before;
  bucket.permit = null;
}
