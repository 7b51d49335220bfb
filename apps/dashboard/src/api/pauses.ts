import { ApiProblem } from './api-problem.ts';
import { request } from './request.ts';
import type { Pause, PauseOrder } from './schemas.ts';
import { pathOfScope, type Scope } from './scope.ts';

/** The pause of exactly this scope, as the store has it now; undefined when there is none. */
export async function findPause(scope: Scope): Promise<Pause | undefined> {
  try {
    return await request<Pause>('GET', pathOfPause(scope));
  } catch (error) {
    if (error instanceof ApiProblem && error.code === 'unknown-resource') return undefined;
    throw error;
  }
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
