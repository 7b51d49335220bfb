import type { Limiter } from './limiter.tokens.ts';

/** A limiter, and how to end it. */
export abstract class OpenedLimiter {
  abstract readonly limiter: Limiter;

  /** To be called when nobody asks the limiter any more. Never takes longer than a few seconds. */
  abstract close(): Promise<void>;
}
