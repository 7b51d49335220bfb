import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { isKnown, readPage } from './page.ts';
import { PAGE } from './page-folder.ts';

/** Where the page is, as its own build has it in all its links. */
const AT = '/dashboard';

/** The folder that the build puts files in which have the hash of their content in their names. */
const ASSETS = 'assets/';

/** Such a name never comes to mean anything else. A year, in seconds, as RFC 9111 has caches count. */
const FOR_EVER = 'public, max-age=31536000, immutable';

/** Kept, and asked for again each time: after an update it names the assets of another build. */
const ASK_AGAIN = 'no-cache';

const NOT_BUILT =
  'The dashboard has not been built. "npm run build" does that; then start the service again.\n';

const READING = ['GET', 'HEAD'];

/**
 * Serves a folder's files, and the page for all else under it: those are views of the page's own. The files are those of
 * the start, each a route, so no path that somebody asks for reaches the file system, and so is the page. To who accepts it a file is sent
 * as its sibling with .br or .gz at the end of its name. They are there once the server is ready.
 */
export function servePage(fastify: FastifyInstance, folder: string): void {
  const page = readPage(folder);
  const sendPage = (request: FastifyRequest, reply: FastifyReply): FastifyReply => {
    reply.headers({ 'cache-control': ASK_AGAIN, etag: page.etag });
    if (isKnown(page, request.headers['if-none-match'])) return reply.status(304).send();
    reply.type('text/html; charset=utf-8').header('content-length', page.content.length);
    return reply.send(request.method === 'HEAD' ? '' : page.content);
  };
  // By itself, since Swagger UI's files are served by the same plugin with other options. Not waited for: all routes there
  // are would be finished then, before Nest has said how their errors are answered.
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
        reply.header('cache-control', path.startsWith(join(folder, ASSETS)) ? FOR_EVER : ASK_AGAIN);
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

/** Says in words, wherever the page would be, that there is none. */
export function sayNotBuilt(fastify: FastifyInstance): void {
  for (const url of [AT, `${AT}/*`]) {
    fastify.route({
      method: READING,
      url,
      handler: (_request, reply) => reply.status(404).type('text/plain').send(NOT_BUILT),
    });
  }
}
