import type { PermitView } from '@gateway-queue/identify-limiter';

/** Whether a permit took a slot and a session start, as far as is known: all do that were not released. */
export function isUsed({ status }: Pick<PermitView, 'status'>): boolean {
  return status !== 'released';
}
