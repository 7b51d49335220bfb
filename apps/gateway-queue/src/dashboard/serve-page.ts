import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { isKnown, readPage } from './page.ts';
import { PAGE } from './page-folder.ts';

/** The path of the page. Its build has this path in all links. */
const AT = '/dashboard';

/** The folder of the files that have the hash of their content in their names. */
const ASSETS = 'assets/';

/** For files whose name has a hash: their content never changes. A year, in seconds (RFC 9111). */
const FOR_EVER = 'public, max-age=31536000, immutable';

/** For all other files: browsers revalidate them each time, because an update changes them. */
const REVALIDATE = 'no-cache';

const NOT_BUILT =
  'The dashboard has not been built. "npm run build" does that; then start the service again.\n';

const READING = ['GET', 'HEAD'];

/**
 * Serves the files of a folder, and the page for all other paths under it, which are views of the page. Each file that exists
 * at the start is a route, so no path of a request reaches the file system. A client that accepts br or gzip gets the file of
 * the same name with .br or .gz at the end. The routes exist once the server is ready.
 */
export function servePage(fastify: FastifyInstance, folder: string): void {
  const page = readPage(folder);
  const sendPage = (request: FastifyRequest, reply: FastifyReply): FastifyReply => {
    reply.headers({ 'cache-control': REVALIDATE, etag: page.etag });
    if (isKnown(page, request.headers['if-none-match'])) return reply.status(304).send();
    reply.type('text/html; charset=utf-8').header('content-length', page.content.length);
    return reply.send(request.method === 'HEAD' ? '' : page.content);
  };
  // In its own scope: Swagger UI registers the same plugin with other options. Not awaited: that would finish all routes
  // before Nest has set its error handler.
  void fastify.register(async (scope) => {
    await scope.register(fastifyStatic, {
      root: folder,
      prefix: AT,
      wildcard: false,
      globIgnore: ['**/*.{br,gz}', PAGE],
      index: false,
      preCompressed: true,
      cacheControl: false,
      setHeaders(reply, path) {
        reply.header(
          'cache-control',
          path.startsWith(join(folder, ASSETS)) ? FOR_EVER : REVALIDATE,
        );
      },
    });
    scope.route({
      method: READING,
      url: `${AT}/*`,
      handler: (request, reply) =>
        request.url.startsWith(`${AT}/${ASSETS}`) ? reply.callNotFound() : sendPage(request, reply),
    });
    scope.route({
      method: READING,
      url: AT,
      handler: (_request, reply) => reply.redirect(`${AT}/`),
    });
  });
}

/** Answers the paths of the page with a text that says how to build it. */
export function sayNotBuilt(fastify: FastifyInstance): void {
  for (const url of [AT, `${AT}/*`]) {
    fastify.route({
      method: READING,
      url,
      handler: (_request, reply) => reply.status(404).type('text/plain').send(NOT_BUILT),
    });
  }
}
