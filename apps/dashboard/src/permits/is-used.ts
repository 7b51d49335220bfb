import type { Permit } from '../api/schemas.ts';
import { PERMIT_STATUSES } from '../ui/marks/permit-statuses.ts';

/** Whether a permit took an interval of its bucket and a session start, as far as is known. */
export function isUsed({ status }: Pick<Permit, 'status'>): boolean {
  return PERMIT_STATUSES[status].isUsed;
}
