import { isCut, type PermitLog } from '../../permits/permit-log.ts';
import { formatCount } from '../../time/format.ts';
import { PERMIT_STATUSES } from '../../ui/marks/permit-statuses.ts';

/** The choices of a select by status, each with the number of permits that have it. */
export function statusChoices(log: PermitLog) {
  const { permits } = log;
  const counts = new Map<string, number>();
  for (const { status } of permits) counts.set(status, (counts.get(status) ?? 0) + 1);
  return [
    {
      value: '',
      label: `${isCut(log) ? 'Newest' : 'All'} permits (${formatCount(permits.length)})`,
    },
    ...Object.entries(PERMIT_STATUSES).map(([value, { text }]) => ({
      value,
      label: `${capitalized(text)} (${formatCount(counts.get(value) ?? 0)})`,
    })),
  ];
}

function capitalized(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}
