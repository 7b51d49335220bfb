import { isCut, isLoaded, MAX_KEPT, type PermitLog } from '../../permits/permit-log.ts';
import { formatCount } from '../../time/format.ts';

/**
 * Says which permits the page shows.
 *
 * @param shown the number of permits on the page
 * @param matching the number of permits with the chosen status
 */
export function describeShown(log: PermitLog, shown: number, matching: number): string {
  const counts = `The newest ${formatCount(shown)} of ${formatCount(matching)}`;
  if (log.problem !== undefined) return `${counts} known permits; there may be more`;
  if (!isLoaded(log)) return 'Permits of the last hour';
  const hour = isCut(log) ? `, among the newest ${formatCount(MAX_KEPT)}` : '';
  return `${counts} permits${hour} of the last hour`;
}
