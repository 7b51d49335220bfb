import type { SerializedError } from 'pino';

/** The parts of an error that are logged. Other properties, like the failed request, are left out. */
interface LoggedError {
  readonly type: string;
  readonly message: string;
  /** With the stacks of the causes. */
  readonly stack: string;
  /** The error code of the system or the library. */
  readonly code?: unknown;
}

/** @param error as pino's serializer makes it, with the causes in message and stack */
export function loggedError({ type, message, stack, raw }: SerializedError): LoggedError {
  return { type, message, stack, ...('code' in raw && { code: raw.code }) };
}
