/**
 * `REDIS_URL` is not one. The message names the part, what is wrong with it and what would be right; nothing in it is
 * taken from the URL, any part of which may hold a password once it is written wrongly.
 */
export class RedisUrlError extends Error {
  override readonly name = 'RedisUrlError';

  constructor(problem: string) {
    super(`REDIS_URL: ${problem}`);
  }
}
