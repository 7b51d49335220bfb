import { Logger } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Draining } from '../health/draining.ts';
import { Settings } from '../settings/settings.ts';
import { Capacity } from './capacity.ts';

/** Bounds the connections, and has each end with its answer once the service drains. */
export function governConnections(app: NestFastifyApplication): void {
  const capacity = app.get(Capacity);
  const draining = app.get(Draining);
  const fastify = app.getHttpAdapter().getInstance();
  fastify.server.maxConnections = capacity.connections;
  fastify.addHook('onSend', (_request, reply, _payload, done) => {
    if (draining.isDraining) reply.header('connection', 'close');
    done();
  });
  if (capacity.cutByDescriptors) {
    new Logger('Connections').warn(
      { maxWaiting: app.get(Settings).maxWaiting, held: capacity.held },
      'This process may open too few files for MAX_WAITING, so it holds fewer requests; raise its limit (ulimit -n)',
    );
  }
}
