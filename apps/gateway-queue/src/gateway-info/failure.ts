import { DiscordAPIError, HTTPError, RateLimitError } from '@discordjs/rest';
import { errorCode } from '../logs/error-code.ts';
import { UnusableAnswerError } from './session-start-limit.ts';

/** Why limits could not be learned. */
export interface Failure {
  /**
   * - `rejected`: Discord will answer the same until an operator changes the token
   * - `rate-limited`: Discord must not be asked for `retryAfterMs`
   * - `passing`: any other failure; the next try may succeed
   */
  readonly kind: 'rejected' | 'rate-limited' | 'passing';
  /** A sentence for people. It quotes nothing that could hold a token. */
  readonly sentence: string;
  /** With `rate-limited`: how long Discord must not be asked; 0 when it did not say. */
  readonly retryAfterMs: number;
}

/** The limiter could not be reached, or did not accept Discord's figures. */
export class LimiterFailedError extends Error {
  override readonly name = 'LimiterFailedError';
}

/** For the `catch` of a call of the limiter. @throws LimiterFailedError */
export function asLimiterFailure(error: unknown): never {
  const message = error instanceof Error ? error.message : 'unknown reason';
  throw new LimiterFailedError(message, { cause: error });
}

/** A longer Retry-After is a mistake: no rate limit of Discord is longer than its day of session starts. */
const MAX_RETRY_AFTER_MS = 24 * 60 * 60 * 1000;

/** The failure that an error during a refresh of the bot's limits means. */
export function failureOf(error: unknown, bot: string): Failure {
  if (error instanceof RateLimitError) {
    const retryAfterMs = longestOf(error.retryAfter, error.timeToReset);
    return {
      kind: 'rate-limited',
      sentence: `Discord limits how often bot ${bot} may ask it.`,
      retryAfterMs,
    };
  }
  // Both count as invalid requests, of which Discord takes 10 000 in 10 minutes before it bans the address.
  const rejected = error instanceof DiscordAPIError && [401, 403].includes(error.status);
  return {
    kind: rejected ? 'rejected' : 'passing',
    sentence: sentenceOf(error, bot),
    retryAfterMs: 0,
  };
}

function longestOf(...durations: number[]): number {
  const usable = durations.filter((duration) => Number.isFinite(duration));
  return Math.min(Math.max(0, ...usable), MAX_RETRY_AFTER_MS);
}

function sentenceOf(error: unknown, bot: string): string {
  if (error instanceof DiscordAPIError && error.status === 401) {
    return `Discord rejected the token of bot ${bot}.`;
  }
  if (error instanceof DiscordAPIError || error instanceof HTTPError) {
    return `Discord answered bot ${bot} with status ${error.status}.`;
  }
  if (error instanceof UnusableAnswerError) {
    return `Discord's answer to bot ${bot} cannot be used: ${error.message}.`;
  }
  if (error instanceof LimiterFailedError) {
    return `The limiter failed to keep the limits of bot ${bot}: ${error.message}.`;
  }
  // The parser's message quotes the answer.
  if (error instanceof SyntaxError) return `Discord's answer to bot ${bot} is not JSON.`;
  if (error instanceof Error && error.name === 'AbortError') {
    return `Discord did not answer bot ${bot} in time.`;
  }
  const name = error instanceof Error ? error.name : 'unknown reason';
  return `Discord could not be asked for bot ${bot} (${errorCode(error) ?? name}).`;
}
