import type { FastifyRequest } from 'fastify';

/** Methods that change nothing (RFC 9110, 9.2.1). */
const SAFE_METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);

/** What browsers say of a request that a person made without any page, as by the address bar. */
const NO_PAGE = 'none';

const SAME_ORIGIN = 'same-origin';

/** Whether it may be done with a cookie, which a browser sends along whatever page asks: safe ones, and those of our own pages. */
export function mayUseCookie({
  method,
  headers,
}: Pick<FastifyRequest, 'method' | 'headers'>): boolean {
  return SAFE_METHODS.has(method) || headers['sec-fetch-site'] === SAME_ORIGIN;
}

/** Whether a browser says that another site's page asks. Who is no browser says nothing. */
export function isCrossSite({ headers }: Pick<FastifyRequest, 'headers'>): boolean {
  const site = headers['sec-fetch-site'];
  return site !== undefined && site !== SAME_ORIGIN && site !== NO_PAGE;
}
