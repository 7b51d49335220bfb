import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { Logger } from 'nestjs-pino';
import { AppModule } from './app.module.ts';
import { governConnections } from './connections/govern-connections.ts';
import { noteMethods } from './http/allowed-methods.ts';
import { allowCookies } from './http/cookies.ts';
import { fastifyOptions } from './http/fastify-options.ts';
import { ignoreBodies } from './http/ignore-body.ts';
import { readJsonBodies } from './http/json-body.ts';
import { routeEveryMethod } from './http/methods.ts';
import { addSecurityHeaders } from './http/security-headers.ts';
import { setUpSwagger } from './openapi/swagger-ui.ts';
import { loadSettings } from './settings/load-settings.ts';

/** How many connections may wait to be accepted: all shards of a large bot may connect at once. Linux has its own maximum. */
const BACKLOG = 4096;

/**
 * Starts the service. It listens when this resolves.
 *
 * @throws SettingsError, AdminTokenError, a refusal of the store (STORE_REFUSALS) or a listen error (as a rejection)
 */
export async function startApplication(): Promise<NestFastifyApplication> {
  const { settings, module } = await loadSettings();
  const app = await NestFactory.create<NestFastifyApplication>(
    AppModule.with(module),
    new FastifyAdapter(fastifyOptions(settings)),
    // Body parsers are set below. Nest's lines are buffered until the logger exists; if the start fails, main says why.
    { bufferLogs: true, autoFlushLogs: false, abortOnError: false, bodyParser: false },
  );
  app.useLogger(app.get(Logger));
  app.flushLogs();
  routeEveryMethod(app);
  noteMethods(app);
  ignoreBodies(app);
  readJsonBodies(app);
  await addSecurityHeaders(app);
  await allowCookies(app);
  governConnections(app);
  if (settings.swagger) setUpSwagger(app);
  await app.listen({ host: settings.host, port: settings.port, backlog: BACKLOG });
  return app;
}
