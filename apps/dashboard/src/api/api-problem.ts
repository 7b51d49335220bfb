import type { Problem, ProblemCode } from './schemas.ts';

/** What the page itself says when no answer of the API came, or when it has failed itself. */
type Code = ProblemCode | 'unreachable' | 'unanswered' | 'unreadable' | 'fault';

/** A request that was answered with a problem (RFC 9457), or with nothing that could be read. */
export class ApiProblem extends Error {
  override readonly name = 'ApiProblem';
  readonly status: number;
  /** For the page to decide by. */
  readonly code: Code;
  /** What kind of problem it is, for people. */
  readonly title: string;
  /** The parameter that is wrong, when one is to blame. */
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

/** What is to be said of an order whose answer did not come: it may have been carried out all the same. */
const UNKNOWN = 'Whether it was done is not known: look before you try again.';

/** @returns what a request ended with that could not be sent, or whose connection broke; @param isOrder was to change something */
export function unreachable(isOrder: boolean): ApiProblem {
  const next = isOrder ? UNKNOWN : 'Then try again.';
  return new ApiProblem({
    status: 0,
    code: 'unreachable',
    title: 'No answer',
    detail: `The service does not answer. Check that it runs and that you can reach it. ${next}`,
  });
}

/** @returns what a request ended with that was given up after `ms`; @param isOrder was to change something */
export function unanswered(ms: number, isOrder: boolean): ApiProblem {
  return new ApiProblem({
    status: 0,
    code: 'unanswered',
    title: 'No answer in time',
    detail: `The service has not answered within ${ms / 1000} s. ${isOrder ? UNKNOWN : 'Try again.'}`,
  });
}

/** @returns what is said of a success that is not in the words of the API, as a proxy's page to log in */
export function unreadable(status: number): ApiProblem {
  return new ApiProblem({
    status,
    code: 'unreadable',
    title: 'Not the answer of the service',
    detail:
      `Something answered ${status} with what is no JSON, perhaps a proxy on the way that wants you to log in. ` +
      'Load the page again.',
  });
}

/** Whatever was thrown, as a problem that can be shown. What is no problem of a request is a fault of the page, and is logged. */
export function toProblem(error: unknown): ApiProblem {
  if (error instanceof ApiProblem) return error;
  console.error(error);
  return new ApiProblem({
    status: 0,
    code: 'fault',
    title: 'The page has failed',
    detail:
      "It is a fault of the page, not of what you did. Load it again; if that does not help, the browser's console says what to report.",
  });
}

/** What a response that is no success says. A proxy's page of HTML is no problem document, and is told by its status. */
export async function problemOf(response: Response): Promise<ApiProblem> {
  const body: unknown = await response.json().catch(() => undefined);
  if (isProblem(body)) return new ApiProblem(body);
  return new ApiProblem({
    status: response.status,
    code: 'unreadable',
    title: 'Not the answer of the service',
    detail:
      `Something answered ${response.status} ${response.statusText}`.trim() +
      ', perhaps a proxy on the way. Try again.',
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
