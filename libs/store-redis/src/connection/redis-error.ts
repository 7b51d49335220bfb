/**
 * Redis failed or could not be reached. It is never the driver's own error, and does not have that as its cause: the
 * driver's error carries the command's arguments, and the arguments of the handshake hold the password.
 */
export class RedisError extends Error {
  override readonly name: string = 'RedisError';

  /**
   * @param code the first word of the server's error, like `READONLY`; the system's name of a connection error, like
   *   `ECONNREFUSED`; or a name of our own, like `TIMEOUT` (no answer in time) or `CLOSED` (no connection)
   */
  constructor(
    message: string,
    readonly code: string,
  ) {
    super(message);
  }
}

/**
 * Redis answers, but must not be used as it is. To wait does not help: an operator has to change the server or `REDIS_URL`.
 * The message says in words what is wrong and what helps.
 */
export class RedisStartError extends RedisError {
  override readonly name = 'RedisStartError';
}
