import { ApiProblem } from './api-problem.ts';
import { request } from './request.ts';
import type { Pause, PauseOrder } from './schemas.ts';
import { pathOfScope, type Scope } from './scope.ts';

/** The deadline for reading a pause before the actual request, in ms. */
const MAX_FIND_MS = 5000;

/** The pause of exactly this scope, as the store has it now; undefined when there is none. */
export async function findPause(scope: Scope): Promise<Pause | undefined> {
  try {
    return await request<Pause>('GET', pathOfPause(scope), { timeoutMs: MAX_FIND_MS });
  } catch (error) {
    if (error instanceof ApiProblem && error.code === 'unknown-resource') return undefined;
    throw error;
  }
}

/**
 * Whether two pauses are the same for an operator: by the same operator, for the same reason. Their moments are not compared,
 * because the clock may be set between two reads.
 */
export function isSamePause(one: Pause, other: Pause): boolean {
  return one.by === other.by && one.reason === other.reason;
}

/** Pauses the scope: after the answer no permit is granted in it. Replaces any pause of exactly this scope. */
export function pause(scope: Scope, body: PauseOrder): Promise<void> {
  return request('PUT', pathOfPause(scope), { body });
}

/** Lifts any pause of exactly this scope. Without a pause this is no error. */
export function resume(scope: Scope, reason: string): Promise<void> {
  return request('DELETE', pathOfPause(scope), { query: { reason } });
}

function pathOfPause(scope: Scope): string {
  return `${pathOfScope(scope)}/pause`;
}
