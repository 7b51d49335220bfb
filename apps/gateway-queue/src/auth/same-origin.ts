import type { FastifyRequest } from 'fastify';

/** Methods that change nothing (RFC 9110, 9.2.1). */
const SAFE_METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);

/** What a browser sends with a request that no page made, such as one from the address bar. */
const NO_PAGE = 'none';

const SAME_ORIGIN = 'same-origin';

/** The parts of a request that tell which page made it. */
type Asking = Pick<FastifyRequest, 'headers' | 'host' | 'protocol'>;

/** Whether a cookie counts for this request: browsers send it with every page's requests, so only safe methods and our own pages may use it. */
export function mayUseCookie(request: Asking & Pick<FastifyRequest, 'method'>): boolean {
  return SAFE_METHODS.has(request.method) || siteOf(request) === SAME_ORIGIN;
}

/** Whether a browser says that another site's page made the request. A client that is no browser says nothing. */
export function isCrossSite(request: Asking): boolean {
  const site = siteOf(request);
  return site !== undefined && site !== SAME_ORIGIN && site !== NO_PAGE;
}

/**
 * Which site's page made the request, as the browser says. Without TLS the browser sends `Sec-Fetch-Site` only on localhost
 * (W3C Fetch Metadata, 2). It always sends the page's origin with an unsafe method, and no page can change that.
 */
function siteOf({ headers, host, protocol }: Asking): string | undefined {
  const { origin, 'sec-fetch-site': site } = headers;
  if (site !== undefined) return Array.isArray(site) ? site.join(', ') : site;
  if (origin === undefined) return undefined;
  return origin === `${protocol}://${host}` ? SAME_ORIGIN : 'cross-site';
}
