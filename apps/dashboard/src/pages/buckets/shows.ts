import { isBlocked } from '../../permits/is-blocked.ts';
import type { Bot, Bucket } from '../../api/schemas.ts';

interface Choice {
  readonly label: string;
  readonly matches: (bucket: Bucket, pauses: Bot['pauses']) => boolean;
}

/** The choices of which buckets to show, by their name in the address. */
const CHOICES = {
  all: { label: 'All buckets', matches: () => true },
  waiting: { label: 'With waiting requests', matches: ({ waiting }) => waiting > 0 },
  blocked: { label: 'Blocked', matches: isBlocked },
  paused: { label: 'Paused', matches: isPaused },
} satisfies Record<string, Choice>;

/** Which buckets the page shows. */
export type Show = keyof typeof CHOICES;

/** The choices for a select. */
export const SHOWS = Object.entries(CHOICES).map(([value, { label }]) => ({ value, label }));

export function isShow(value: string): value is Show {
  return Object.hasOwn(CHOICES, value);
}

/** Whether the page shows a bucket. @param pauses of the bot */
export function isShown(bucket: Bucket, pauses: Bot['pauses'], show: Show): boolean {
  return CHOICES[show].matches(bucket, pauses);
}

/** Whether the bucket itself is paused; the pause of the whole bot does not count. @param pauses of the bot */
export function isPaused({ bucket }: Bucket, pauses: Bot['pauses']): boolean {
  return String(bucket) in pauses;
}
