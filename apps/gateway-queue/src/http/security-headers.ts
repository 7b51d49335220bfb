import helmet, { type FastifyHelmetOptions } from '@fastify/helmet';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';

/** What a browser may show: the API, its documentation, and the dashboard. Shards pay for no header that means nothing to them. */
const FOR_BROWSERS = /^\/(?:api|docs|dashboard)(?![a-z\d])/;

const DOCUMENTATION = /^\/docs(?![a-z\d])/;

/** Everything comes from here, and no script stands in a page. */
const STRICT = {
  defaultSrc: ["'self'"],
  imgSrc: ["'self'", 'data:'],
  scriptSrcAttr: ["'none'"],
  objectSrc: ["'none'"],
  baseUri: ["'none'"],
  formAction: ["'self'"],
  frameAncestors: ["'none'"],
};

const OPTIONS: FastifyHelmetOptions = {
  contentSecurityPolicy: { useDefaults: false, directives: STRICT },
  frameguard: { action: 'deny' },
  // Whether all of a host is only ever asked over TLS is for whoever terminates it to say.
  strictTransportSecurity: false,
};

/** Swagger UI's page has style sheets of its own in it. Its scripts are files. */
const OPTIONS_OF_DOCUMENTATION: FastifyHelmetOptions = {
  contentSecurityPolicy: {
    useDefaults: false,
    directives: { ...STRICT, styleSrc: ["'self'", "'unsafe-inline'"] },
  },
};

/** Tells browsers to be careful with what they are shown. To be called before there are routes. */
export async function addSecurityHeaders(app: NestFastifyApplication): Promise<void> {
  const fastify = app.getHttpAdapter().getInstance();
  // Before helmet's own hook, which reads what is set here.
  fastify.addHook('onRoute', (route) => {
    if (!FOR_BROWSERS.test(route.url)) return;
    route.helmet = DOCUMENTATION.test(route.url) ? OPTIONS_OF_DOCUMENTATION : {};
  });
  await fastify.register(helmet, { ...OPTIONS, global: false });
}
