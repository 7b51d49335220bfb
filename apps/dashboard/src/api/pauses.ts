import { request } from './request.ts';
import type { PauseOrder } from './schemas.ts';
import { pathOfScope, type Scope } from './scope.ts';

/** From the answer on no permit is given in the scope. A pause that holds is replaced. */
export function pause(scope: Scope, body: PauseOrder): Promise<void> {
  return request('PUT', `${pathOfScope(scope)}/pause`, { body });
}

/** Lifts a pause. @throws ApiProblem `unknown-resource` when there is none */
export function resume(scope: Scope, reason: string): Promise<void> {
  return request('DELETE', `${pathOfScope(scope)}/pause`, { query: { reason } });
}
