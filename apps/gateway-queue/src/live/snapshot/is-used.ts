import type { PermitView } from '@gateway-queue/identify-limiter';

/** Whether a permit took a slot and a session start, as far as is known: all do that were not given back. */
export function isUsed({ fate }: Pick<PermitView, 'fate'>): boolean {
  return fate !== 'given-back';
}
