import type { Bucket } from '../api/schemas.ts';
import { WAIT_REASONS } from '../ui/marks/wait-reasons.ts';

/** Whether a bucket has waiters and its line stands still, for another reason than the interval or the order of the line. */
export function isBlocked({ reason, waiting }: Pick<Bucket, 'reason' | 'waiting'>): boolean {
  return waiting > 0 && reason !== undefined && WAIT_REASONS[reason].isBlocking;
}
