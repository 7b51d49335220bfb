import { ApiProblem } from '../api/api-problem.ts';

/** As the API answers who wants to change another version than there is. */
const PRECONDITION_FAILED = 412;

/** @returns why an order was not given: it is no longer about what the dialog had shown */
export function outdated(title: string, detail: string): ApiProblem {
  return new ApiProblem({ status: PRECONDITION_FAILED, code: 'outdated', title, detail });
}
