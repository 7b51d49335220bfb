import type { Socket } from 'node:net';
import { Logger } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { CLOCK, type Clock } from '../store/store.tokens.ts';
import { LogThrottle } from '../logs/log-throttle.ts';
import { Settings } from '../settings/settings.ts';
import { Capacity } from './capacity.ts';
import { Draining } from './draining.ts';
import { HeldRequests } from './held-requests.ts';

/** Least time between two warnings of unusable connections, in ms. */
const WARNING_INTERVAL_MS = 60_000;

/** Node's code for headers that were not complete in time. */
const HEADERS_TIMEOUT = 'ERR_HTTP_REQUEST_TIMEOUT';

/** Bounds the number of connections, closes unusable ones, and closes each one after its answer once the service drains. */
export function governConnections(app: NestFastifyApplication): void {
  const logger = new Logger('Connections');
  const fastify = app.getHttpAdapter().getInstance();
  bound(app, logger);
  fastify.server.on('clientError', unusableConnection(app, logger));
  const draining = app.get(Draining);
  fastify.addHook('onSend', (_request, reply, _payload, done) => {
    if (draining.isDraining) reply.header('connection', 'close');
    done();
  });
}

function bound(app: NestFastifyApplication, logger: Logger): void {
  const capacity = app.get(Capacity);
  app.getHttpAdapter().getInstance().server.maxConnections = capacity.connections;
  if (!capacity.cutByDescriptors) return;
  logger.warn(
    { maxWaiting: app.get(Settings).maxWaiting, held: capacity.held },
    'This process may open too few files for MAX_WAITING, so it holds fewer requests; raise its limit (ulimit -n)',
  );
}

/**
 * Closes a connection that sends no HTTP, or headers that are too long or take too long. It sends no answer: many clients
 * take any answer for a permit. While a request is held on the connection, slow headers of a later one are tolerated.
 */
function unusableConnection(
  app: NestFastifyApplication,
  logger: Logger,
): (error: NodeJS.ErrnoException, socket: Socket) => void {
  const warnings = new LogThrottle(app.get<Clock>(CLOCK), WARNING_INTERVAL_MS);
  const heldRequests = app.get(HeldRequests);
  return ({ code }, socket) => {
    if (code === HEADERS_TIMEOUT && heldRequests.holds(socket)) return;
    socket.destroy();
    // A hang-up or a slow client is no mistake that an operator could correct.
    if (code === 'ECONNRESET' || code === HEADERS_TIMEOUT) return;
    if (!warnings.isDue()) return;
    logger.warn({ code }, 'A connection was closed because it sent no valid HTTP request');
  };
}
