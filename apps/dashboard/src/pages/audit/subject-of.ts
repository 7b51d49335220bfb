import type { AuditEntry } from '../../api/schemas.ts';
import { formatDuration } from '../../time/format.ts';

/** What is told of `details` in other words than their names. */
const DURATION = 'durationMs';

/** To what something was done, in words; a dash when it was done to nothing. */
export function subjectOf({ bot, bucket, details, target }: AuditEntry): string {
  const parts = [
    bot !== undefined && `bot ${bot}`,
    bucket !== undefined && `bucket ${bucket}`,
    target !== undefined && `waiter ${target}`,
    ...Object.entries(details)
      .filter(([, value]) => value !== null)
      .map(([name, value]) => describe(name, value)),
  ].filter((part) => part !== false);
  return parts.length === 0 ? '–' : parts.join(', ');
}

function describe(name: string, value: string | number | boolean | null): string {
  if (name === DURATION && typeof value === 'number') return `for ${formatDuration(value)}`;
  return `${name}: ${value}`;
}
