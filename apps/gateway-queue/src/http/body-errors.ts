import { HttpException, HttpStatus } from '@nestjs/common';
import { Problem } from './problem.ts';

/** What Fastify says of a body that it cannot read, in our words; undefined for what is not about a body. */
export function problemOfBody(error: unknown): Problem | undefined {
  switch (statusOf(error)) {
    case HttpStatus.BAD_REQUEST:
      return Problem.malformedBody();
    case HttpStatus.PAYLOAD_TOO_LARGE:
      return Problem.bodyTooLarge();
    case HttpStatus.UNSUPPORTED_MEDIA_TYPE:
      return Problem.unsupportedMediaType();
    default:
      return undefined;
  }
}

/** Nest wraps Fastify's own errors. That of a client which hangs up meanwhile is Node's, with a status that Fastify put on it. */
function statusOf(error: unknown): unknown {
  const source: unknown = error instanceof HttpException ? error.cause : error;
  return source instanceof Error && 'statusCode' in source ? source.statusCode : undefined;
}
