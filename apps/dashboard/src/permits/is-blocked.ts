import type { Bucket } from '../api/schemas.ts';

/** Whether somebody waits in a bucket for something that does not go by with the line. */
export function isBlocked({ reason, waiting }: Pick<Bucket, 'reason' | 'waiting'>): boolean {
  return waiting > 0 && reason !== undefined && reason !== 'interval' && reason !== 'line';
}
