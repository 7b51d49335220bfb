import type { SerializedError } from 'pino';

/** What a log says of an error; what else hangs on it, like the request that failed, stays out. */
interface LoggedError {
  readonly type: string;
  readonly message: string;
  /** With the stacks of the causes. */
  readonly stack: string;
  /** The system's or the library's name for the error. */
  readonly code?: unknown;
}

/** @param error as pino's own serializer left it: with its causes in message and stack */
export function loggedError({ type, message, stack, raw }: SerializedError): LoggedError {
  return { type, message, stack, ...('code' in raw && { code: raw.code }) };
}
