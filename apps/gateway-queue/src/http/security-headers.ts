import helmet, { type FastifyHelmetOptions } from '@fastify/helmet';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';

/** The paths that browsers show: the API, its documentation and the dashboard. Answers to shards carry no such headers. */
const FOR_BROWSERS = /^\/(?:api|docs|dashboard)(?![a-z\d])/;

const DOCUMENTATION = /^\/docs(?![a-z\d])/;

/** Everything is loaded from this origin, and no page has an inline script. */
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
  // Only the proxy that terminates TLS knows whether the whole host is used over TLS alone.
  strictTransportSecurity: false,
};

/** Swagger UI's page has inline style sheets. Its scripts are files. */
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
