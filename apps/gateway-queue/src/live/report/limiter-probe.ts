import type { Clock, LimiterControl } from '@gateway-queue/identify-limiter';

/** How the limiter's store answered a probe. */
export interface Probed {
  /** Ms until it did; null when it did not. */
  readonly latencyMs: number | null;
  /** Why it did not; null when it did. */
  readonly error: string | null;
}

/** Asks the limiter's store whether it answers, and takes the time. Never rejects. */
export async function probeLimiter(
  limiter: Pick<LimiterControl, 'check'>,
  clock: Clock,
): Promise<Probed> {
  const askedAt = clock.now();
  try {
    await limiter.check();
    return { latencyMs: clock.now() - askedAt, error: null };
  } catch (error) {
    return { latencyMs: null, error: sentenceOf(error) };
  }
}

/** The text of an error of the limiter's store. Its messages are written for people, and contain no secret. */
export function sentenceOf(error: unknown): string {
  return error instanceof Error ? error.message : 'unknown reason';
}
