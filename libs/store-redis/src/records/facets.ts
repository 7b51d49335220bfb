import { createHash } from 'node:crypto';
import { type AuditRecord, toJsonText } from '@gateway-queue/operator-records';

/** The members of a record for which a filter can ask. No filter asks for null. */
type Faceted = Partial<Pick<AuditRecord, 'action' | 'by' | 'bot' | 'bucket'>>;

/**
 * A short text for each member that is not null, as in `|by=...|bot=...|`. Two records have the same text when they are
 * equal in that member. The text is a hash, because names may be long and have any character in them.
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
