import type { Rank } from '@gateway-queue/identify-limiter';

/** What a cursor looks like. */
export const CURSOR = /^([01])_(\d{1,16}(?:\.\d{1,9})?)_(\d{1,16})$/;

/** What is right for a cursor. */
export const CURSOR_RULE = 'must be given once, as `next` of the page before';

/** A rank as the end of a page: whoever has it may be gone when the next page is asked for. */
export function toCursor({ joinedAt, priority, ticket }: Rank): string {
  return [priority === 'high' ? 0 : 1, joinedAt, ticket].join('_');
}

/** Undefined for what is no cursor. */
export function fromCursor(text: string): Rank | undefined {
  const [, priority, joinedAt, ticket] = CURSOR.exec(text) ?? [];
  if (ticket === undefined) return undefined;
  return {
    priority: priority === '0' ? 'high' : 'normal',
    joinedAt: Number(joinedAt),
    ticket: Number(ticket),
  };
}
