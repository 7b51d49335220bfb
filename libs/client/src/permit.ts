import { parseObject } from './body.ts';

export type Priority = 'normal' | 'high';

/** Leave for one shard to identify once. */
export interface Permit {
  readonly id: string;
  readonly bot: string;
  readonly shard: number;
  /** The shard's rate limit key. */
  readonly bucket: number;
  /** When the queue gave it, by the queue's clock; ISO 8601. */
  readonly grantedAt: string;
  /** How long the shard waited for it, ms. */
  readonly waitedMs: number;
  /** Until when its bucket waits for the confirmation, by the queue's clock; ISO 8601. Only of a permit to confirm. */
  readonly confirmBy?: string;
}

/**
 * The permit in an answer; undefined when there is none for this shard, whatever the status said: proxies
 * and captive portals say 200 as well.
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

/** How long the bucket waits for the confirmation, ms; undefined when it did not say. Both times are the queue's. */
export function confirmWindowMs({ grantedAt, confirmBy }: Permit): number | undefined {
  return confirmBy === undefined ? undefined : Date.parse(confirmBy) - Date.parse(grantedAt);
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0;
}

/** ISO 8601, of an ISO string or of ms since 1970. */
function instant(value: unknown): string | undefined {
  if (typeof value !== 'string' && typeof value !== 'number') return undefined;
  const date = new Date(value);
  return Number.isNaN(date.getTime()) ? undefined : date.toISOString();
}
