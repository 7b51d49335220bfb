import type { Rank } from '@gateway-queue/identify-limiter';

/** The form of a cursor. */
export const CURSOR = /^([01])_(\d{1,16}(?:\.\d{1,9})?)_(\d{1,16})$/;

/** The rule for a cursor. */
export const CURSOR_RULE = 'must be given once, as `next` of the page before';

/** The rank of the last waiter of a page. That waiter may have left when the next page is requested. */
export function toCursor({ joinedAt, priority, ticket }: Rank): string {
  return [priority === 'high' ? 0 : 1, joinedAt, ticket].join('_');
}

/** Undefined when the text is not a cursor. */
export function fromCursor(text: string): Rank | undefined {
  const [, priority, joinedAt, ticket] = CURSOR.exec(text) ?? [];
  if (ticket === undefined) return undefined;
  return {
    priority: priority === '0' ? 'high' : 'normal',
    joinedAt: Number(joinedAt),
    ticket: Number(ticket),
  };
}
