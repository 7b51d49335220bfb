import { METHODS } from 'node:http';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';

/** No route can answer this method: Node passes it to a listener of its own, and closes the connection without one. */
const TUNNEL = 'CONNECT';

/** Makes routes for all methods take every method that Node knows. By default Fastify answers the rare ones with 404. */
export function routeEveryMethod(app: NestFastifyApplication): void {
  const fastify = app.getHttpAdapter().getInstance();
  for (const method of METHODS) {
    if (method === TUNNEL || fastify.supportedMethods.includes(method)) continue;
    fastify.addHttpMethod(method, { hasBody: true });
  }
}
