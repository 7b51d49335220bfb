import { request, type RequestOptions } from './request.ts';
import type { Permit } from './schemas.ts';
import { pathOfBot } from './scope.ts';

/** Which permits of the last hour. */
export interface PermitsQuery {
  readonly bucket?: number;
  readonly shard?: number;
  readonly limit?: number;
}

/** A bot's permits of the last hour, newest first. */
export function listPermits(
  bot: string,
  query: PermitsQuery,
  options: Pick<RequestOptions, 'signal' | 'timeoutMs'> = {},
): Promise<{ readonly items: readonly Permit[] }> {
  return request('GET', `${pathOfBot(bot)}/permits`, {
    query: { ...query },
    ...options,
  });
}
