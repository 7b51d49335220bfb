import { randomUUID } from 'node:crypto';
import type { FastifyAdapter } from '@nestjs/platform-fastify';
import type { Settings } from '../settings/settings.ts';
import { PROBLEM_TYPE, Problem } from './problem.ts';

type FastifyOptions = NonNullable<ConstructorParameters<typeof FastifyAdapter>[0]>;

const SECOND_MS = 1000;

/**
 * How long a client may take to send its headers, in ms. Nothing else is timed: a body is ignored and may
 * never end, and a held request is silent for as long as it takes.
 */
const HEADERS_TIMEOUT_MS = 15 * SECOND_MS;

/** URL and headers together. They play no part on most routes, but cookies and proxies make them long. */
const MAX_HEADER_BYTES = 64 * 1024;

/** Of a path's parameters; the id of a permit is the longest, with up to 101 characters. */
const MAX_PARAMETER_LENGTH = 128;

/** How often it is looked for headers that take too long, in ms. */
const HEADERS_CHECK_MS = 5 * SECOND_MS;

/** How long an idle connection is kept for another request, in ms: longer than load balancers keep theirs (60 s). */
const KEEP_ALIVE_TIMEOUT_MS = 72 * SECOND_MS;

/** When a silent connection is probed whether its peer still exists, in ms; libuv then probes each second, ten times. */
const TCP_KEEP_ALIVE_DELAY_MS = 30 * SECOND_MS;

/** What is needed of a reply when there is no route: Fastify's own methods are typed by the route's schema. */
interface UnroutedReply {
  hijack(): unknown;
  readonly raw: {
    statusCode: number;
    setHeader(name: string, value: string): unknown;
    end(payload: string): unknown;
  };
}

/** How the HTTP server behaves below the routes. */
export function fastifyOptions(settings: Settings): FastifyOptions {
  return {
    trustProxy: settings.trustProxy,
    routerOptions: { maxParamLength: MAX_PARAMETER_LENGTH },
    genReqId: () => randomUUID(),
    // Shutdown says itself what becomes of requests that come late.
    return503OnClosing: false,
    connectionTimeout: 0,
    requestTimeout: 0,
    keepAliveTimeout: KEEP_ALIVE_TIMEOUT_MS,
    // Connections are governed where it is known what is held on them.
    clientErrorHandler: () => undefined,
    frameworkErrors: notFound,
    http: {
      // Clients in the wild send whatever they like.
      requireHostHeader: false,
      maxHeaderSize: MAX_HEADER_BYTES,
      headersTimeout: HEADERS_TIMEOUT_MS,
      connectionsCheckingInterval: HEADERS_CHECK_MS,
      keepAlive: true,
      keepAliveInitialDelay: TCP_KEEP_ALIVE_DELAY_MS,
    },
  };
}

/** A path that cannot be decoded is turned away before there is a route, and so before {@link ProblemFilter}. */
function notFound(_error: Error, _request: unknown, reply: UnroutedReply): void {
  const { body } = Problem.notFound();
  reply.hijack();
  reply.raw.statusCode = body.status;
  reply.raw.setHeader('content-type', PROBLEM_TYPE);
  reply.raw.setHeader('connection', 'close');
  reply.raw.end(JSON.stringify(body));
}
