import type { Problem, ProblemCode } from './schemas.ts';

/** The API's codes, and those of the page for a request without a readable answer and for a fault of the page. */
type Code = ProblemCode | 'unreachable' | 'unanswered' | 'unreadable' | 'fault';

/** A request that got a problem document (RFC 9457) or no readable answer. */
export class ApiProblem extends Error {
  override readonly name = 'ApiProblem';
  readonly status: number;
  /** For code to decide by. */
  readonly code: Code;
  /** What kind of problem it is, for people. */
  readonly title: string;
  /** The wrong parameter, if the problem is about one. */
  readonly parameter: string | undefined;

  constructor(problem: {
    readonly status: number;
    readonly code: Code;
    readonly title: string;
    readonly detail: string;
    readonly parameter?: string;
  }) {
    super(problem.detail);
    this.status = problem.status;
    this.code = problem.code;
    this.title = problem.title;
    this.parameter = problem.parameter;
  }

  /** What is wrong in this case, and what would be right. */
  get detail(): string {
    return this.message;
  }
}

/** The advice after a change without an answer: the service may have made the change. */
const UNKNOWN = 'It is not known whether the change was made: check before you try again.';

/** @returns the problem of a request that could not be sent, or whose connection broke @param isChange whether it was to change something */
export function unreachable(isChange: boolean): ApiProblem {
  const next = isChange ? UNKNOWN : 'Then try again.';
  return new ApiProblem({
    status: 0,
    code: 'unreachable',
    title: 'No answer',
    detail: `The service does not answer. Check that it runs and that you can reach it. ${next}`,
  });
}

/** @returns the problem of a request without an answer after `ms` @param isChange whether it was to change something */
export function unanswered(ms: number, isChange: boolean): ApiProblem {
  return new ApiProblem({
    status: 0,
    code: 'unanswered',
    title: 'No answer in time',
    detail: `The service has not answered within ${ms / 1000} s. ${isChange ? UNKNOWN : 'Try again.'}`,
  });
}

/** @returns the problem of a success status whose body is not the API's, such as a proxy's login page */
export function unreadable(status: number): ApiProblem {
  return new ApiProblem({
    status,
    code: 'unreadable',
    title: 'Not an answer of the service',
    detail:
      `The answer has status ${status} but is not JSON. It may come from a proxy that wants you to log in. ` +
      'Reload the page.',
  });
}

/** Turns any error into a problem that the page can show. An error that is not an ApiProblem is a fault of the page, and is logged. */
export function toProblem(error: unknown): ApiProblem {
  if (error instanceof ApiProblem) return error;
  console.error(error);
  return new ApiProblem({
    status: 0,
    code: 'fault',
    title: 'The page has failed',
    detail:
      "This is a fault of the page, not of what you did. Reload the page. If it fails again, report what the browser's console says.",
  });
}

/** Reads the problem of a response with an error status. A body that is no problem document, such as a proxy's page, is described by its status. */
export async function problemOf(response: Response): Promise<ApiProblem> {
  const body: unknown = await response.json().catch(() => undefined);
  if (isProblem(body)) return new ApiProblem(body);
  return new ApiProblem({
    status: response.status,
    code: 'unreadable',
    title: 'Not an answer of the service',
    detail:
      `The answer has status ${response.status} ${response.statusText}`.trim() +
      ' and does not come from the service, perhaps from a proxy. Try again.',
  });
}

function isProblem(body: unknown): body is Problem {
  return (
    typeof body === 'object' &&
    body !== null &&
    'code' in body &&
    'detail' in body &&
    'status' in body &&
    'title' in body &&
    typeof body.code === 'string' &&
    typeof body.detail === 'string'
  );
}
