import type { ResponseLike } from './fetch-like.ts';

/**
 * In how many ms the answer says to ask again: `X-Retry-After-Ms`, else `Retry-After` in seconds or as a date. Undefined when
 * neither header can be read.
 */
export function retryAfterMs(headers: ResponseLike['headers']): number | undefined {
  const ms = wholeNumber(headers.get('x-retry-after-ms'));
  if (ms !== undefined) return ms;
  const retryAfter = headers.get('retry-after');
  const seconds = wholeNumber(retryAfter);
  if (seconds !== undefined) return seconds * 1000;
  const date = retryAfter === null ? Number.NaN : Date.parse(retryAfter);
  if (Number.isNaN(date)) return undefined;
  // By the sender's clock if the answer has a date: this machine's clock may be wrong by more than the wait.
  const now = Date.parse(headers.get('date') ?? '');
  return Math.max(0, date - (Number.isNaN(now) ? Date.now() : now));
}

function wholeNumber(text: string | null): number | undefined {
  return text !== null && /^\d{1,15}$/.test(text.trim()) ? Number(text) : undefined;
}
