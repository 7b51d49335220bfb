import type { Rank } from '@gateway-queue/identify-limiter';
import { toMicroseconds, toMilliseconds } from '../scripts/microseconds.ts';

const DIGITS = 16;
const HIGH = '0';
const NORMAL = '1';

/** A rank as the scripts have it (`lua/library/ranks.lua`): text that sorts as ranks do. */
export function toRankText({ priority, joinedAt, ticket }: Rank): string {
  const numbers = [toMicroseconds(joinedAt), ticket].map((n) => String(n).padStart(DIGITS, '0'));
  return [priority === 'high' ? HIGH : NORMAL, ...numbers].join(':');
}

/** The rank of such a text. */
export function fromRankText(text: string): Rank {
  const [priority, joinedAt, ticket] = text.split(':');
  return {
    priority: priority === HIGH ? 'high' : 'normal',
    joinedAt: toMilliseconds(Number(joinedAt)),
    ticket: Number(ticket),
  };
}
