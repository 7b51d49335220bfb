import type { Estimate } from '@gateway-queue/identify-queue';
import type { FastifyReply } from 'fastify';

const MS_PER_SECOND = 1000;

/** After how many ms at most a shard in line should ask again: while it is away, it cannot have its turn. */
const MAX_IN_LINE_MS = 1000;

/** After how many ms a request that ended without a permit should come again. Spread, so that not all come at once. */
const WITHOUT_PERMIT_MS = { min: 1000, max: 5000 } as const;

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

/** Says when to ask again: in whole seconds, which every HTTP client reads, and in ms for clients of this service. */
export function setRetryAfter(reply: FastifyReply, ms: number): FastifyReply {
  return reply
    .header('retry-after', Math.ceil(ms / MS_PER_SECOND))
    .header('x-retry-after-ms', Math.ceil(ms));
}

/** In how many ms a shard whose wait is over should ask again: well before its turn. */
export function retryInLineMs({ estimatedWaitMs }: Estimate): number {
  return Math.min(MAX_IN_LINE_MS, (estimatedWaitMs ?? Infinity) / 2);
}

/**
 * In how many ms a request that ended without a permit should come again.
 *
 * @param random from 0 to 1
 */
export function retryWithoutPermitMs(random: number): number {
  const { min, max } = WITHOUT_PERMIT_MS;
  return min + random * (max - min);
}
