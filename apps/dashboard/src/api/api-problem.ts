import type { Problem, ProblemCode } from './schemas.ts';

/** What the page itself says when no answer of the API came. */
type Code = ProblemCode | 'unreachable' | 'unreadable';

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

/** @returns what a request ended with that never reached the service */
export function unreachable(): ApiProblem {
  return new ApiProblem({
    status: 0,
    code: 'unreachable',
    title: 'No answer',
    detail:
      'The service does not answer. Check that it runs and that you can reach it; then try again.',
  });
}

/** Whatever was thrown, as a problem that can be shown. */
export function toProblem(error: unknown): ApiProblem {
  return error instanceof ApiProblem ? error : unreachable();
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
