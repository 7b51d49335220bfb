/**
 * Redis failed, or could not be asked. Never the driver's own error, nor with it as its cause: that one carries the
 * command's arguments, and those of the handshake hold the password.
 */
export class RedisError extends Error {
  override readonly name: string = 'RedisError';

  /**
   * @param code the first word of a server's error, like `READONLY`; the system's name of a connection's, like
   * `ECONNREFUSED`; or a word for what went wrong: `TIMEOUT` (no answer in time), `CLOSED` (no connection), or the like
   */
  constructor(
    message: string,
    readonly code: string,
  ) {
    super(message);
  }
}

/**
 * Redis answers, but must not be used as it is. Waiting does not help: somebody has to change it, or `REDIS_URL`. The
 * message says in words what.
 */
export class RedisStartError extends RedisError {
  override readonly name = 'RedisStartError';
}
