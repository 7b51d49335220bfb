import { HttpException, HttpStatus } from '@nestjs/common';

/** Says what kind of problem it is, for programs. A code never changes its meaning. */
export type ProblemCode = 'invalid-parameter' | 'unknown-bot' | 'not-found' | 'internal-error';

/** The content type of {@link ProblemBody}. */
export const PROBLEM_TYPE = 'application/problem+json';

/** The body of every error answer (RFC 9457, "Problem Details for HTTP APIs"). */
export interface ProblemBody {
  readonly status: number;
  readonly title: string;
  readonly code: ProblemCode;
  readonly detail: string;
  /** With `invalid-parameter`: the parameter and what would be right. */
  readonly parameter?: string;
}

/** An error that the one who asked can understand and, mostly, mend. */
export class Problem extends HttpException {
  constructor(readonly body: ProblemBody) {
    super(body, body.status);
  }

  /** @param detail what was wrong with it and what would be right; never its value */
  static invalidParameter(parameter: string, detail: string): Problem {
    return new Problem({
      status: HttpStatus.BAD_REQUEST,
      title: 'Invalid parameter',
      code: 'invalid-parameter',
      detail: `${parameter}: ${detail}`,
      parameter,
    });
  }

  static unknownBot(): Problem {
    return new Problem({
      status: HttpStatus.BAD_REQUEST,
      title: 'Unknown bot',
      code: 'unknown-bot',
      detail: 'bot: there is no such bot here; name one from BOTS_FILE, or none for the default',
      parameter: 'bot',
    });
  }

  static notFound(): Problem {
    return new Problem({
      status: HttpStatus.NOT_FOUND,
      title: 'Not found',
      code: 'not-found',
      detail: 'There is nothing at this path. Shards ask at /, people look at /docs.',
    });
  }

  static internalError(): Problem {
    return new Problem({
      status: HttpStatus.INTERNAL_SERVER_ERROR,
      title: 'Internal error',
      code: 'internal-error',
      detail: 'Something failed here. The log says what.',
    });
  }
}
