import type { Logger } from '@nestjs/common';
import type { Clock } from '../limiter/limiter.tokens.ts';

/** How long one report is enough for, in ms: the queue repeats what failed, many times a second. */
const QUIET_MS = 10_000;

/** Reports failures of the limiter to the log, but not each of them. */
export function reportOutage(clock: Clock, logger: Logger): (error: unknown) => void {
  let reportedAt = -Infinity;
  return (error) => {
    if (clock.now() - reportedAt < QUIET_MS) return;
    reportedAt = clock.now();
    logger.error(
      error,
      'The limiter fails: nothing is granted, requests stay held, and what failed is repeated',
    );
  };
}
