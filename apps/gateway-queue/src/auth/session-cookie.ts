import type { FastifyReply, FastifyRequest } from 'fastify';

/** The name of the cookie over plain HTTP. */
export const SESSION_COOKIE = 'gateway-queue-session';

/** With this before its name, browsers take the cookie only over TLS and only from this host (RFC 6265bis, 4.1.3.2). */
const HOST_PREFIX = '__Host-';

/** 32 bytes as base64url, as the login makes secrets. */
const SECRET = /^[\w-]{43}$/;

const MS_PER_SECOND = 1000;

/** The secret in the session's cookie; undefined without a well-formed one. */
export function sessionSecretOf(request: FastifyRequest): string | undefined {
  const { cookie } = request.headers;
  if (cookie === undefined) return undefined;
  const secret = request.server.parseCookie(cookie)[nameFor(request)] ?? '';
  return SECRET.test(secret) ? secret : undefined;
}

/** Sets the cookie, for as long as the session lasts. */
export function setSessionCookie(reply: FastifyReply, secret: string, ttlMs: number): void {
  const maxAge = Math.ceil(ttlMs / MS_PER_SECOND);
  reply.setCookie(nameFor(reply.request), secret, { ...attributesFor(reply.request), maxAge });
}

/** Deletes the cookie in the browser. */
export function clearSessionCookie(reply: FastifyReply): void {
  reply.clearCookie(nameFor(reply.request), attributesFor(reply.request));
}

function nameFor(request: FastifyRequest): string {
  return isSecure(request) ? `${HOST_PREFIX}${SESSION_COOKIE}` : SESSION_COOKIE;
}

function attributesFor(request: FastifyRequest) {
  return { path: '/', httpOnly: true, sameSite: 'strict', secure: isSecure(request) } as const;
}

/** Whether the request came over TLS, to this service or to a proxy of `TRUST_PROXY`. */
function isSecure(request: FastifyRequest): boolean {
  return request.protocol === 'https';
}
