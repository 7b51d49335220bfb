import { parseObject } from './body.ts';

/** A shard with `high` priority goes before one with `normal` priority in every line. */
export type Priority = 'normal' | 'high';

/** Leave for one shard to identify once. */
export interface Permit {
  readonly id: string;
  readonly bot: string;
  readonly shard: number;
  /** The shard's rate limit key. */
  readonly bucket: number;
  /** When the queue gave the permit, by the queue's clock; ISO 8601. */
  readonly grantedAt: string;
  /** How long the shard waited for it, in ms. */
  readonly waitedMs: number;
  /** Until when the bucket waits for the confirmation, by the queue's clock; ISO 8601. Only with `confirm`. */
  readonly confirmBy?: string;
}

/**
 * Reads the permit in an answer; undefined when it holds none for this shard. The status alone does not tell: proxies and
 * captive portals answer 200 as well.
 */
export function readPermit(
  text: string,
  asked: { readonly shard: number; readonly bot: string | undefined },
): Permit | undefined {
  const body = parseObject(text);
  if (!body) return undefined;
  const { id, bot, shard, bucket, waitedMs } = body;
  const grantedAt = instant(body['grantedAt']);
  const confirmBy = instant(body['confirmBy']);
  if (typeof id !== 'string' || id === '' || shard !== asked.shard) return undefined;
  if (typeof bot !== 'string' || (asked.bot !== undefined && bot !== asked.bot)) return undefined;
  if (!isCount(bucket) || !isCount(waitedMs) || grantedAt === undefined) return undefined;
  const permit = { id, bot, shard: asked.shard, bucket, grantedAt, waitedMs };
  return confirmBy === undefined ? permit : { ...permit, confirmBy };
}

/** How long the bucket waits for the confirmation, in ms; undefined for a plain permit. Both times are by the queue's clock. */
export function confirmWindowMs({ grantedAt, confirmBy }: Permit): number | undefined {
  return confirmBy === undefined ? undefined : Date.parse(confirmBy) - Date.parse(grantedAt);
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0;
}

/** As ISO 8601, from an ISO string or from ms since the Unix epoch; undefined for anything else. */
function instant(value: unknown): string | undefined {
  if (typeof value !== 'string' && typeof value !== 'number') return undefined;
  const date = new Date(value);
  return Number.isNaN(date.getTime()) ? undefined : date.toISOString();
}
