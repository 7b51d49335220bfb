import { randomUUID } from 'node:crypto';
import type { FastifyAdapter } from '@nestjs/platform-fastify';
import type { Settings } from '../settings/settings.ts';
import { PROBLEM_TYPE, Problem } from './problem.ts';

type FastifyOptions = NonNullable<ConstructorParameters<typeof FastifyAdapter>[0]>;

const SECOND_MS = 1000;

/**
 * How long a client may take to send its headers, in ms. Nothing else has a limit here: an ignored body may never end, and
 * a held request is silent until its permit comes.
 */
const HEADERS_TIMEOUT_MS = 15 * SECOND_MS;

/** The most bytes of URL and headers together. Cookies and proxies make headers long. */
const MAX_HEADER_BYTES = 64 * 1024;

/** The longest parameter of a path. The longest one in use is the id of a permit, with up to 101 characters. */
const MAX_PARAMETER_LENGTH = 128;

/** How often Node checks for headers that take too long, in ms. */
const HEADERS_CHECK_MS = 5 * SECOND_MS;

/** How long an idle connection is kept open, in ms: longer than load balancers keep theirs (60 s). */
const KEEP_ALIVE_TIMEOUT_MS = 72 * SECOND_MS;

/** After how long a silent connection is probed, in ms. libuv then probes each second, ten times, whether the peer exists. */
const TCP_KEEP_ALIVE_DELAY_MS = 30 * SECOND_MS;

/** The part of a reply that is used without a route: Fastify types its own methods by the route's schema. */
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
    // Shutdown answers late requests itself.
    return503OnClosing: false,
    connectionTimeout: 0,
    requestTimeout: 0,
    keepAliveTimeout: KEEP_ALIVE_TIMEOUT_MS,
    // `governConnections` handles such errors: it knows what is held on a connection.
    clientErrorHandler: () => undefined,
    frameworkErrors: notFound,
    http: {
      // Some clients send no Host header.
      requireHostHeader: false,
      maxHeaderSize: MAX_HEADER_BYTES,
      headersTimeout: HEADERS_TIMEOUT_MS,
      connectionsCheckingInterval: HEADERS_CHECK_MS,
      keepAlive: true,
      keepAliveInitialDelay: TCP_KEEP_ALIVE_DELAY_MS,
    },
  };
}

/** Answers a path that cannot be decoded. Fastify refuses it before routing, so `ProblemFilter` does not see it. */
function notFound(_error: Error, _request: unknown, reply: UnroutedReply): void {
  const { body } = Problem.notFound();
  reply.hijack();
  reply.raw.statusCode = body.status;
  reply.raw.setHeader('content-type', PROBLEM_TYPE);
  reply.raw.setHeader('connection', 'close');
  reply.raw.end(JSON.stringify(body));
}
