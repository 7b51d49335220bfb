import type { FastifyReply, FastifyRequest } from 'fastify';

/** What the cookie is called where a page comes over plain HTTP. */
export const SESSION_COOKIE = 'gateway-queue-session';

/** Before the name, it makes browsers refuse the cookie from any other host, and over anything but TLS (RFC 6265bis, 4.1.3.2). */
const HOST_PREFIX = '__Host-';

/** 32 bytes as base64url, which is how secrets are made here. */
const SECRET = /^[\w-]{43}$/;

const MS_PER_SECOND = 1000;

/** The secret of the session's cookie; undefined when there is none that could be one. */
export function sessionSecretOf(request: FastifyRequest): string | undefined {
  const { cookie } = request.headers;
  if (cookie === undefined) return undefined;
  const secret = request.server.parseCookie(cookie)[nameFor(request)] ?? '';
  return SECRET.test(secret) ? secret : undefined;
}

/** Gives the browser the secret, for as long as the session lasts. */
export function setSessionCookie(reply: FastifyReply, secret: string, ttlMs: number): void {
  const maxAge = Math.ceil(ttlMs / MS_PER_SECOND);
  reply.setCookie(nameFor(reply.request), secret, { ...attributesFor(reply.request), maxAge });
}

/** Takes it from the browser. */
export function clearSessionCookie(reply: FastifyReply): void {
  reply.clearCookie(nameFor(reply.request), attributesFor(reply.request));
}

function nameFor(request: FastifyRequest): string {
  return isSecure(request) ? `${HOST_PREFIX}${SESSION_COOKIE}` : SESSION_COOKIE;
}

function attributesFor(request: FastifyRequest) {
  return { path: '/', httpOnly: true, sameSite: 'strict', secure: isSecure(request) } as const;
}

/** As `TRUST_PROXY` lets a proxy say. */
function isSecure(request: FastifyRequest): boolean {
  return request.protocol === 'https';
}
