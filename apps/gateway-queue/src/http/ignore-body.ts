import type { NestFastifyApplication } from '@nestjs/platform-fastify';

/** On a route's config (`@RouteConfig`): whatever the body is, and whatever is said of it, plays no part. */
export const IGNORE_BODY = { ignoreBody: true } as const;

/**
 * A content type that has a parser which reads nothing. Requests whose body is to be ignored are made to
 * have it, for Fastify turns unknown and malformed content types away before a route sees them.
 */
const UNREAD = 'application/octet-stream';

/** Makes {@link IGNORE_BODY} work, and unknown paths 404 whatever their body. */
export function ignoreBodies(app: NestFastifyApplication): void {
  const fastify = app.getHttpAdapter().getInstance();
  fastify.addContentTypeParser(UNREAD, (_request, _payload, done) => {
    done(null);
  });
  fastify.addHook('onRequest', (request, _reply, done) => {
    const ignored = request.is404 || 'ignoreBody' in request.routeOptions.config;
    if (ignored) {
      request.raw.headers['content-type'] = UNREAD;
      // Left unread, it would stop us from seeing that the client hangs up, whatever else it has asked for.
      request.raw.resume();
    }
    done();
  });
  // Without this Node itself answers 417 to an Expect header that it does not know.
  fastify.server.on('checkExpectation', (request, response) => {
    fastify.server.emit('request', request, response);
  });
}
