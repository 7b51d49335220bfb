import type { Logger } from '@nestjs/common';
import type { Clock } from '../limiter/limiter.tokens.ts';

/** A failure that comes so long in ms after the last one is another outage: the queue repeats what failed each second. */
const OVER_MS = 10_000;

/** Reports each outage of the limiter to the log, once. */
export function reportOutage(clock: Clock, logger: Logger): (error: unknown) => void {
  let failedAt = -Infinity;
  return (error) => {
    const isNew = clock.now() - failedAt > OVER_MS;
    failedAt = clock.now();
    if (!isNew) return;
    logger.error(
      error,
      'The limiter fails: nothing is granted, requests stay held, and what failed is repeated',
    );
  };
}
