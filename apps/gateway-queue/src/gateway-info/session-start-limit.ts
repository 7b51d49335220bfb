import { MAX_BUCKETS } from '../settings/bot-settings.ts';

/** What Discord says about a bot's session starts (Discord docs, Gateway, Session Start Limit Object). */
interface SessionStartLimit {
  readonly total: number;
  readonly remaining: number;
  readonly resetInMs: number;
  readonly maxConcurrency: number;
}

/** Discord, or whoever stands in its place, answered something that is not trusted. */
export class UnusableAnswerError extends Error {
  override readonly name = 'UnusableAnswerError';
}

/**
 * Reads the answer to `GET /gateway/bot`. A single bad figure spoils all of it.
 *
 * @throws UnusableAnswerError that names the figure
 */
export function readGatewayBotAnswer(answer: unknown): SessionStartLimit {
  const limit = memberOf(answer, 'session_start_limit', 'it');
  const figure = (name: string, least: number, most: number) => {
    const value = memberOf(limit, name, 'session_start_limit');
    if (typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most) {
      return value;
    }
    throw new UnusableAnswerError(
      `session_start_limit.${name} is not a whole number from ${least} to ${most}`,
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
  // @discordjs/rest hands over the bytes of what does not call itself JSON.
  if (value instanceof ArrayBuffer) throw new UnusableAnswerError('it is not JSON');
  const member: unknown =
    typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
  if (member === undefined) throw new UnusableAnswerError(`${where} has no ${name}`);
  return member;
}
