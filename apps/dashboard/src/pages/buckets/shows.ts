import type { Show } from './numbered-bucket.ts';

/** What of the buckets may be shown, for a select. */
export const SHOWS: { readonly value: Show; readonly label: string }[] = [
  { value: 'all', label: 'All buckets' },
  { value: 'waiting', label: 'With somebody waiting' },
  { value: 'held', label: 'Held up' },
  { value: 'paused', label: 'Paused' },
];

export function isShow(value: string): value is Show {
  return SHOWS.some((show) => show.value === value);
}
