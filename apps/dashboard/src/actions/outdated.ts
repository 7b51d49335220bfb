import { ApiProblem } from '../api/api-problem.ts';

/** The API's status for a change of a version that is no longer the present one. */
const PRECONDITION_FAILED = 412;

/** @returns the problem of a request that was not sent because the dialog showed an outdated state */
export function outdated(title: string, detail: string): ApiProblem {
  return new ApiProblem({ status: PRECONDITION_FAILED, code: 'outdated', title, detail });
}
