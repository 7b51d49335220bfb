import { ApiProblem } from './api-problem.ts';
import { request } from './request.ts';
import type { Pause, PauseOrder } from './schemas.ts';
import { pathOfScope, type Scope } from './scope.ts';

/** So long one may be kept waiting in ms before an order is even given. */
const MAX_LOOKING_MS = 5000;

/** The pause of exactly this scope, as the store has it now; undefined when there is none. */
export async function findPause(scope: Scope): Promise<Pause | undefined> {
  try {
    return await request<Pause>('GET', pathOfPause(scope), { mostMs: MAX_LOOKING_MS });
  } catch (error) {
    if (error instanceof ApiProblem && error.code === 'unknown-resource') return undefined;
    throw error;
  }
}

/**
 * Whether two are one and the same, as far as people care: by the same operator, for the same reason. When it began is told
 * by the clock of the replica that answers, and no two of them agree to the ms.
 */
export function isSamePause(one: Pause, other: Pause): boolean {
  return one.by === other.by && one.reason === other.reason;
}

/** From the answer on no permit is given in the scope. A pause that holds is replaced, whichever it is. */
export function pause(scope: Scope, body: PauseOrder): Promise<void> {
  return request('PUT', pathOfPause(scope), { body });
}

/** Lifts the pause of the scope, whichever it is. That there is none is no error. */
export function resume(scope: Scope, reason: string): Promise<void> {
  return request('DELETE', pathOfPause(scope), { query: { reason } });
}

function pathOfPause(scope: Scope): string {
  return `${pathOfScope(scope)}/pause`;
}
