import { ApiProblem } from './api-problem.ts';
import { request, requestTagged, type Tagged } from './request.ts';
import type { Override, OverrideOrder } from './schemas.ts';
import { pathOfBot } from './scope.ts';

/** The override of a bot's limits with the tag of its version; undefined when there is none. */
export async function findOverride(
  bot: string,
  signal?: AbortSignal,
): Promise<Tagged<Override> | undefined> {
  try {
    return await requestTagged('GET', pathOfOverride(bot), signal && { signal });
  } catch (error) {
    if (error instanceof ApiProblem && error.code === 'unknown-resource') return undefined;
    throw error;
  }
}

/** Makes a replica ask Discord now. The limits come with the live state. */
export function refresh(bot: string): Promise<void> {
  return request('POST', `${pathOfBot(bot)}/refreshes`);
}

/**
 * Overrides the number of buckets that Discord says.
 *
 * @throws ApiProblem `outdated` when there is an override already, by another operator
 */
export function override(bot: string, body: OverrideOrder): Promise<void> {
  const headers = { 'if-none-match': '*' };
  return request('PUT', pathOfOverride(bot), { body, headers });
}

/**
 * Lifts the override that has this tag.
 *
 * @throws ApiProblem `outdated` when another override has replaced it, `unknown-resource` when there is none
 */
export function liftOverride(bot: string, tag: string, reason: string): Promise<void> {
  const headers = { 'if-match': tag };
  return request('DELETE', pathOfOverride(bot), { query: { reason }, headers });
}

function pathOfOverride(bot: string): string {
  return `${pathOfBot(bot)}/limits/override`;
}
