import type { GarbageBody, RestBehaviour } from './rest-behaviour.ts';

/** An answer, as it goes over the wire. */
export interface RestAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly contentType?: string;
  readonly body: string;
}

/** Discord's error body: the status in words, and a code of its own (0: none in particular). */
export function errorAnswer(status: number, text: string): RestAnswer {
  return { status, body: JSON.stringify({ message: `${status}: ${text}`, code: 0 }) };
}

export function okAnswer(body: unknown): RestAnswer {
  return { status: 200, headers: routeLimit(1, 5), body: JSON.stringify(body) };
}

/** The answer of every behaviour that needs nothing of the bot. */
export function badAnswer(
  behaviour: Exclude<RestBehaviour, { kind: 'ok' | 'hanging' | 'reset' }>,
  gatewayUrl: string,
): RestAnswer {
  const { kind } = behaviour;
  if (kind === 'unauthorized') return errorAnswer(401, 'Unauthorized');
  if (kind === 'rate-limited') return rateLimited(behaviour.retryAfterS, behaviour.global ?? false);
  if (kind === 'server-error') return serverError(behaviour.status);
  return garbage(gatewayUrl)[behaviour.body];
}

function serverError(status: number): RestAnswer {
  const body = '<html><title>upstream connect error</title></html>';
  return { status, contentType: 'text/html', body };
}

/** See "Rate Limits" in Discord's documentation: the header counts whole seconds, the body fractions. */
function rateLimited(retryAfterS: number, global: boolean): RestAnswer {
  const body = { message: 'You are being rate limited.', retry_after: retryAfterS, global };
  const scope: Record<string, string> = global
    ? { 'X-RateLimit-Global': 'true', 'X-RateLimit-Scope': 'global' }
    : { 'X-RateLimit-Scope': 'user', ...routeLimit(0, retryAfterS) };
  return {
    status: 429,
    headers: { 'Retry-After': String(Math.ceil(retryAfterS)), ...scope },
    body: JSON.stringify(body),
  };
}

function routeLimit(remaining: number, resetAfterS: number): Record<string, string> {
  return {
    'X-RateLimit-Bucket': '41f9cd5d28af77da04563bcb1d67fdfd',
    'X-RateLimit-Limit': '2',
    'X-RateLimit-Remaining': String(remaining),
    // The one header that is a wall clock's time, at Discord too.
    'X-RateLimit-Reset': (Date.now() / 1000 + resetAfterS).toFixed(3),
    'X-RateLimit-Reset-After': resetAfterS.toFixed(3),
  };
}

function garbage(url: string): Record<GarbageBody, RestAnswer> {
  const noKeys = { total: 1000, remaining: 1000, reset_after: 0, max_concurrency: 0 };
  return {
    'not-json': { status: 200, body: '<html>Please stand by</html>' },
    'wrong-shape': okAnswer({ url, shards: 'many', session_start_limit: null }),
    'zero-concurrency': okAnswer({ url, shards: 1, session_start_limit: noKeys }),
  };
}
