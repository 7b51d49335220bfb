import { MAX_BUCKETS } from '../settings/bot-settings.ts';

/** A bot's session starts by Discord (Discord docs, Gateway, Session Start Limit Object). */
interface SessionStartLimit {
  readonly total: number;
  readonly remaining: number;
  readonly resetInMs: number;
  readonly maxConcurrency: number;
}

/** The answer of Discord, or of a proxy in front of it, is not valid. */
export class UnusableAnswerError extends Error {
  override readonly name = 'UnusableAnswerError';
}

/**
 * Reads the answer to `GET /gateway/bot`. One bad figure makes the whole answer unusable.
 *
 * @throws UnusableAnswerError that names the figure
 */
export function readGatewayBotAnswer(answer: unknown): SessionStartLimit {
  const limit = memberOf(answer, 'session_start_limit', 'it');
  const figure = (name: string, min: number, max: number) => {
    const value = memberOf(limit, name, 'session_start_limit');
    if (typeof value === 'number' && Number.isInteger(value) && value >= min && value <= max) {
      return value;
    }
    throw new UnusableAnswerError(
      `session_start_limit.${name} is not a whole number from ${min} to ${max}`,
    );
  };
  const total = figure('total', 0, Number.MAX_SAFE_INTEGER);
  return {
    total,
    remaining: figure('remaining', 0, total),
    resetInMs: figure('reset_after', 0, Number.MAX_SAFE_INTEGER),
    maxConcurrency: figure('max_concurrency', 1, MAX_BUCKETS),
  };
}

function memberOf(value: unknown, name: string, where: string): unknown {
  // @discordjs/rest returns bytes when the content type is not JSON.
  if (value instanceof ArrayBuffer) throw new UnusableAnswerError('it is not JSON');
  const member: unknown =
    typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
  if (member === undefined) throw new UnusableAnswerError(`${where} has no ${name}`);
  return member;
}
