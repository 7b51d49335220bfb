import { isBlocked } from '../../permits/is-blocked.ts';
import type { NumberedBucket } from './numbered-bucket.ts';

interface Choice {
  readonly label: string;
  readonly matches: (bucket: NumberedBucket) => boolean;
}

/** The choices of which buckets to show, by their name in the address. */
const CHOICES = {
  all: { label: 'All buckets', matches: () => true },
  waiting: { label: 'With waiting requests', matches: ({ bucket }) => bucket.waiting > 0 },
  blocked: { label: 'Blocked', matches: ({ bucket }) => isBlocked(bucket) },
  paused: { label: 'Paused', matches: ({ pause }) => pause !== undefined },
} satisfies Record<string, Choice>;

/** Which buckets the page shows. */
export type Show = keyof typeof CHOICES;

/** The choices for a select. */
export const SHOWS = Object.entries(CHOICES).map(([value, { label }]) => ({ value, label }));

export function isShow(value: string): value is Show {
  return Object.hasOwn(CHOICES, value);
}

/** Whether the page shows a bucket. */
export function isShown(bucket: NumberedBucket, show: Show): boolean {
  return CHOICES[show].matches(bucket);
}
