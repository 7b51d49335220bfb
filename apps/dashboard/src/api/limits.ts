import { request } from './request.ts';
import type { BotLimits, OverrideOrder } from './schemas.ts';
import { pathOfBot } from './scope.ts';

/** A bot's limits, and the override of them if there is one. */
export function showLimits(bot: string, signal?: AbortSignal): Promise<BotLimits> {
  return request('GET', `${pathOfBot(bot)}/limits`, signal && { signal });
}

/** Has Discord asked now; what it says comes with the live state. */
export function refresh(bot: string): Promise<void> {
  return request('POST', `${pathOfBot(bot)}/refreshes`);
}

/**
 * Puts the number of buckets, before Discord's word.
 *
 * @throws ApiProblem `outdated` when there is an override by now: somebody was faster
 */
export function override(bot: string, body: OverrideOrder): Promise<void> {
  const headers = { 'if-none-match': '*' };
  return request('PUT', `${pathOfBot(bot)}/limits/override`, { body, headers });
}

/** Lifts the override. @throws ApiProblem `unknown-resource` when there is none */
export function liftOverride(bot: string, reason: string): Promise<void> {
  return request('DELETE', `${pathOfBot(bot)}/limits/override`, { query: { reason } });
}
