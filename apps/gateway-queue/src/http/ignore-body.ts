import type { NestFastifyApplication } from '@nestjs/platform-fastify';

/** For a route's config (`@RouteConfig`): the body and its headers are ignored, whatever they are. */
export const IGNORE_BODY = { ignoreBody: true } as const;

/**
 * A content type whose parser reads nothing. It replaces the content type of requests whose body is ignored: Fastify refuses
 * unknown and malformed content types before the route's handler runs.
 */
const UNREAD = 'application/octet-stream';

/** Makes {@link IGNORE_BODY} work, and answers unknown paths with 404 whatever their body is. */
export function ignoreBodies(app: NestFastifyApplication): void {
  const fastify = app.getHttpAdapter().getInstance();
  fastify.addContentTypeParser(UNREAD, (_request, _payload, done) => {
    done(null);
  });
  fastify.addHook('onRequest', (request, _reply, done) => {
    const ignored = request.is404 || 'ignoreBody' in request.routeOptions.config;
    if (ignored) {
      request.raw.headers['content-type'] = UNREAD;
      // While a body is unread, Node does not notice that the client hangs up.
      request.raw.resume();
    }
    done();
  });
  // Without this Node answers 417 to an Expect header that it does not know.
  fastify.server.on('checkExpectation', (request, response) => {
    fastify.server.emit('request', request, response);
  });
}
