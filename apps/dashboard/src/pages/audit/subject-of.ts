import type { AuditEntry } from '../../api/schemas.ts';
import { formatDuration } from '../../time/format.ts';

/** The one field of `details` that has a text of its own. */
const DURATION = 'durationMs';

/** The target of an action with its details, in words; a dash for an action without a target. */
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
