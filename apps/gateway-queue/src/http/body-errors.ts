import { HttpException, HttpStatus } from '@nestjs/common';
import { Problem } from './problem.ts';

/** The problem for Fastify's error about a body; undefined for any other error. */
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

/** The status of Fastify's error, which Nest has wrapped. When the client hung up, it is Node's error with Fastify's status on it. */
function statusOf(error: unknown): unknown {
  const source: unknown = error instanceof HttpException ? error.cause : error;
  return source instanceof Error && 'statusCode' in source ? source.statusCode : undefined;
}
