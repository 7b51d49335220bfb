import type { Permit, PermitFate } from '../../api/schemas.ts';
import { formatCount } from '../../time/format.ts';

const FATES: Readonly<Record<PermitFate, string>> = {
  confirmed: 'Confirmed',
  awaited: 'Awaited',
  unconfirmed: 'Unconfirmed',
  abandoned: 'Abandoned',
  'given-back': 'Given back',
};

/** What may have become of the permits shown, for a select, and of how many it did. */
export function fateChoices(permits: readonly Permit[]) {
  const counts = new Map<string, number>();
  for (const { fate } of permits) counts.set(fate, (counts.get(fate) ?? 0) + 1);
  return [
    { value: '', label: `All permits (${formatCount(permits.length)})` },
    ...Object.entries(FATES).map(([value, label]) => ({
      value,
      label: `${label} (${formatCount(counts.get(value) ?? 0)})`,
    })),
  ];
}
