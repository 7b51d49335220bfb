import type { FastifyRequest } from 'fastify';

/** Methods that change nothing (RFC 9110, 9.2.1). */
const SAFE_METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);

/** What browsers say of a request that a person made without any page, as by the address bar. */
const NO_PAGE = 'none';

const SAME_ORIGIN = 'same-origin';

/** What of a request tells whose page asked. */
type Asking = Pick<FastifyRequest, 'headers' | 'host' | 'protocol'>;

/** Whether it may be done with a cookie, which a browser sends along whatever page asks: safe ones, and those of our own pages. */
export function mayUseCookie(request: Asking & Pick<FastifyRequest, 'method'>): boolean {
  return SAFE_METHODS.has(request.method) || siteOf(request) === SAME_ORIGIN;
}

/** Whether a browser says that another site's page asks. Who is no browser says nothing. */
export function isCrossSite(request: Asking): boolean {
  const site = siteOf(request);
  return site !== undefined && site !== SAME_ORIGIN && site !== NO_PAGE;
}

/**
 * Whose page asks, as the browser says. Without TLS it says so only on localhost (W3C Fetch Metadata, 2); everywhere it names the page's
 * origin when something is to be changed, and no page can make it name another.
 */
function siteOf({ headers, host, protocol }: Asking): string | undefined {
  const { origin, 'sec-fetch-site': site } = headers;
  if (site !== undefined) return Array.isArray(site) ? site.join(', ') : site;
  if (origin === undefined) return undefined;
  return origin === `${protocol}://${host}` ? SAME_ORIGIN : 'cross-site';
}
