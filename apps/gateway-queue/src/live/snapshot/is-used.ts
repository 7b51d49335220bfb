import type { PermitView } from '@gateway-queue/identify-limiter';

/** Whether a permit took an interval of its bucket and a session start, as far as is known: each does unless it was released. */
export function isUsed({ status }: Pick<PermitView, 'status'>): boolean {
  return status !== 'released';
}
