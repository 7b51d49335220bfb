/**
 * `REDIS_URL` cannot be read. The message names the part, what is wrong with it and what would be right. It quotes nothing
 * of the URL: in a URL that is written wrongly any part may hold the password.
 */
export class RedisUrlError extends Error {
  override readonly name = 'RedisUrlError';

  constructor(problem: string) {
    super(`REDIS_URL: ${problem}`);
  }
}
