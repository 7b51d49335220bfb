import type { Outlook } from '@gateway-queue/identify-queue';
import type { FastifyReply } from 'fastify';

const MS_PER_SECOND = 1000;

/** The longest that a shard in line is told to stay away, in ms: while it is away, nobody can be served for it. */
const MAX_ABSENCE_MS = 1000;

/** How long those are told to stay away that were turned away, in ms: not all of them at the same time. */
const TURNED_AWAY_MS = { least: 1000, most: 5000 } as const;

/** What {@link setRetryAfter} sets, in words for the API's documentation. */
export const RETRY_AFTER_HEADERS = {
  'Retry-After': {
    description: 'When to ask again, in seconds from now; rounded up.',
    schema: { type: 'integer', minimum: 0 },
    example: 2,
  },
  'X-Retry-After-Ms': {
    description: 'The same in milliseconds.',
    schema: { type: 'integer', minimum: 0 },
    example: 1250,
  },
} as const;

/** Says when to ask again: in whole seconds for everybody, and exactly for those who know us. */
export function setRetryAfter(reply: FastifyReply, ms: number): FastifyReply {
  return reply
    .header('retry-after', Math.ceil(ms / MS_PER_SECOND))
    .header('x-retry-after-ms', Math.ceil(ms));
}

/** When a shard whose place is kept should be back: well before its turn. */
export function absenceFor({ estimatedWaitMs }: Outlook): number {
  return Math.min(MAX_ABSENCE_MS, (estimatedWaitMs ?? Infinity) / 2);
}

/** @param random from 0 to 1 */
export function absenceOfTurnedAway(random: number): number {
  const { least, most } = TURNED_AWAY_MS;
  return least + random * (most - least);
}
