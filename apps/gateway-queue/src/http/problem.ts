import { HttpException, HttpStatus } from '@nestjs/common';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';

/** The content type of {@link ProblemBody}. */
export const PROBLEM_TYPE = 'application/problem+json';

/** The largest body that is read. No operator's request comes near it. */
export const MAX_BODY_BYTES = 16 * 1024;

/** How deep objects and lists of a body may be nested. Validation recurses into each level. */
export const MAX_BODY_LEVELS = 16;

/**
 * All error codes, with their status and title. A code never changes its meaning. docs/errors.md says what each code means
 * and what helps; a test holds it against this list.
 */
export const PROBLEMS = {
  'invalid-parameter': { status: HttpStatus.BAD_REQUEST, title: 'Invalid parameter' },
  'malformed-body': { status: HttpStatus.BAD_REQUEST, title: 'Malformed body' },
  'unknown-bot': { status: HttpStatus.BAD_REQUEST, title: 'Unknown bot' },
  unauthorized: { status: HttpStatus.UNAUTHORIZED, title: 'Unauthorized' },
  forbidden: { status: HttpStatus.FORBIDDEN, title: 'Forbidden' },
  'cross-site': { status: HttpStatus.FORBIDDEN, title: 'From another site' },
  'unknown-resource': { status: HttpStatus.NOT_FOUND, title: 'Unknown resource' },
  'not-found': { status: HttpStatus.NOT_FOUND, title: 'Not found' },
  'unknown-permit': { status: HttpStatus.NOT_FOUND, title: 'Unknown permit' },
  'method-not-allowed': {
    status: HttpStatus.METHOD_NOT_ALLOWED,
    title: 'Method not allowed',
  },
  'not-a-divisor': { status: HttpStatus.CONFLICT, title: 'Not a divisor' },
  outdated: { status: HttpStatus.PRECONDITION_FAILED, title: 'Outdated' },
  'body-too-large': { status: HttpStatus.PAYLOAD_TOO_LARGE, title: 'Body too large' },
  'unsupported-media-type': {
    status: HttpStatus.UNSUPPORTED_MEDIA_TYPE,
    title: 'Unsupported media type',
  },
  'wait-over': { status: HttpStatus.TOO_MANY_REQUESTS, title: 'No permit yet' },
  'too-many-attempts': { status: HttpStatus.TOO_MANY_REQUESTS, title: 'Too many attempts' },
  'internal-error': { status: HttpStatus.INTERNAL_SERVER_ERROR, title: 'Internal error' },
  full: { status: HttpStatus.SERVICE_UNAVAILABLE, title: 'Full' },
  draining: { status: HttpStatus.SERVICE_UNAVAILABLE, title: 'Shutting down' },
  evicted: { status: HttpStatus.SERVICE_UNAVAILABLE, title: 'Evicted' },
  'too-many-streams': { status: HttpStatus.SERVICE_UNAVAILABLE, title: 'Too many streams' },
  'not-evicted': { status: HttpStatus.SERVICE_UNAVAILABLE, title: 'Not evicted' },
  'limiter-unavailable': {
    status: HttpStatus.SERVICE_UNAVAILABLE,
    title: 'Limiter unavailable',
  },
  'records-unavailable': {
    status: HttpStatus.SERVICE_UNAVAILABLE,
    title: 'Records unavailable',
  },
} as const;

export type ProblemCode = keyof typeof PROBLEMS;

/** The body of every error answer (RFC 9457, "Problem Details for HTTP APIs"). */
export class ProblemBody {
  @ApiProperty({ description: 'The HTTP status.' })
  readonly status!: number;

  @ApiProperty({ description: 'What kind of problem it is.' })
  readonly title!: string;

  @ApiProperty({
    description: 'The same for programs; it never changes its meaning.',
    enum: Object.keys(PROBLEMS),
  })
  readonly code!: ProblemCode;

  @ApiProperty({ description: 'What is wrong in this case, and what would be right.' })
  readonly detail!: string;

  @ApiPropertyOptional({ description: 'The parameter that is wrong.' })
  readonly parameter?: string;
}

/** An error that the client can understand and, in most cases, correct. */
export class Problem extends HttpException {
  override readonly name = 'Problem';

  constructor(readonly body: ProblemBody) {
    super(body, body.status);
  }

  static of(code: ProblemCode, detail: string, parameter?: string): Problem {
    const { status, title } = PROBLEMS[code];
    return new Problem({ status, title, code, detail, ...(parameter && { parameter }) });
  }

  /** @param detail what was wrong with it and what would be right; never its value */
  static invalidParameter(parameter: string, detail: string): Problem {
    return Problem.of('invalid-parameter', `${parameter}: ${detail}`, parameter);
  }

  static unknownBot(): Problem {
    const detail = 'there is no such bot here; name one from BOTS_FILE, or none for the default';
    return Problem.of('unknown-bot', `bot: ${detail}`, 'bot');
  }

  static unauthorized(): Problem {
    const detail = 'This queue requires its QUEUE_TOKEN, as "Authorization: Bearer <token>".';
    return Problem.of('unauthorized', detail);
  }

  static malformedBody(): Problem {
    return Problem.of(
      'malformed-body',
      `The body must be a JSON object, with no more than ${MAX_BODY_LEVELS} levels.`,
    );
  }

  static bodyTooLarge(): Problem {
    return Problem.of('body-too-large', `The body must have no more than ${MAX_BODY_BYTES} bytes.`);
  }

  static unsupportedMediaType(): Problem {
    return Problem.of(
      'unsupported-media-type',
      'The body must have the Content-Type application/json.',
    );
  }

  static notFound(): Problem {
    const detail = 'There is nothing at this path, or not for this method.';
    return Problem.of('not-found', `${detail} Shards ask at /; the API is described at /docs.`);
  }

  /** @param allowed the methods that there are at the path */
  static methodNotAllowed(allowed: readonly string[]): Problem {
    return Problem.of(
      'method-not-allowed',
      `This path takes no other method than ${allowed.join(', ')}.`,
    );
  }

  static internalError(): Problem {
    return Problem.of('internal-error', 'Something failed here. The log says what.');
  }
}
