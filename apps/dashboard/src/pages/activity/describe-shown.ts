import { isCut, isLoaded, MAX_KEPT, type PermitLog } from '../../permits/permit-log.ts';
import { formatCount } from '../../time/format.ts';

/**
 * Which permits the page shows.
 *
 * @param shown how many it does; @param wanted how many there are of the status that was chosen
 */
export function describeShown(log: PermitLog, shown: number, wanted: number): string {
  const counted = `The newest ${formatCount(shown)} of ${formatCount(wanted)} permits`;
  if (log.problem !== undefined) return `${counted} that were heard of; there may be more`;
  if (!isLoaded(log)) return 'Permits of the last hour';
  if (isCut(log)) return `${counted} among the newest ${formatCount(MAX_KEPT)} of the last hour`;
  return `${counted} of the last hour`;
}
