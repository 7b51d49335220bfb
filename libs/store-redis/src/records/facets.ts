import { createHash } from 'node:crypto';
import type { AuditRecord } from '@gateway-queue/operator-records';
import { toJsonText } from '@gateway-queue/operator-records';

/** What can be asked for. Nobody asks for what is null. */
type Faceted = Partial<Pick<AuditRecord, 'action' | 'by' | 'bot' | 'bucket'>>;

/**
 * A short text for each member that is given, as in `|by=...|bot=...|`, which two records share when they are equal in it.
 * Names may be long, and have anything in them; in a hash there is neither.
 */
export function facetsOf({ action, by, bot, bucket }: Faceted): string {
  const facets = Object.entries({ action, by, bot, bucket }).flatMap(([member, value]) =>
    value === null || value === undefined ? [] : [`${member}=${hashOf(value)}`],
  );
  return `|${facets.join('|')}|`;
}

function hashOf(value: string | number): string {
  return createHash('sha256').update(toJsonText(value)).digest('hex');
}
