import { RedisError, RedisStartError } from './redis-error.ts';

/** Errors of a server to a new connection against which it does not help to wait. */
const REFUSALS: Readonly<Record<string, string>> = {
  NOAUTH:
    'REDIS_URL: the server asks for a password; write redis://:password@host or redis://user:password@host',
  WRONGPASS: 'REDIS_URL: the server does not accept this user and password',
  NOPERM: 'REDIS_URL: the user lacks permissions; docs/redis.md has those that the limiter needs',
  DENIED:
    'The Redis server is in protected mode and takes connections of its own machine alone; give it a password, and REDIS_URL too',
};

/** A likely cause when no connection is ever made. */
const HINTS: Readonly<Record<string, string>> = {
  ECONNRESET: 'if the server speaks TLS, REDIS_URL must begin with rediss://',
  ETIMEDOUT: 'if the server does not speak TLS, REDIS_URL must begin with redis://',
};

/** The codes of OpenSSL and Node for a certificate that they do not trust. */
const UNTRUSTED = /CERT|ISSUER|LEAF_SIGNATURE/;
const UNTRUSTED_HINT =
  'NODE_EXTRA_CA_CERTS can name a file with the certificate of your own authority, and the host must be one that the certificate names';

/** Why a new connection cannot be used, in words for the operator who wrote `REDIS_URL`. */
export function ofNewConnection(error: RedisError): RedisError {
  const { code, message } = error;
  if (error instanceof RedisStartError) return error;
  const refusal = REFUSALS[code];
  if (refusal !== undefined) return new RedisStartError(`${refusal}. ${message}`, code);
  if (message.includes('cluster support disabled')) {
    return new RedisStartError(
      'REDIS_URL: the server is not part of a cluster; without +cluster it is the right one',
      'MODE',
    );
  }
  const hint = HINTS[code] ?? (UNTRUSTED.test(code) ? UNTRUSTED_HINT : undefined);
  return hint === undefined ? error : new RedisError(`${message}; ${hint}`, code);
}
