import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { CLOCK, type Clock } from '../store/store.tokens.ts';
import { MAX_BODY_BYTES, MAX_BODY_LEVELS, Problem } from './problem.ts';

const JSON_TYPE = 'application/json';

/** How long a body may take to arrive, in ms: like headers, it must not hold a connection for ever. */
const BODY_TIMEOUT_MS = 15_000;

/** On routes that do not ignore bodies, reads JSON objects that are small and arrive in time, and refuses all other bodies. */
export function readJsonBodies(app: NestFastifyApplication): void {
  const fastify = app.getHttpAdapter().getInstance();
  const clock = app.get<Clock>(CLOCK);
  const parse = fastify.getDefaultJsonParser('error', 'error');
  fastify.removeContentTypeParser([JSON_TYPE, 'text/plain']);
  fastify.addContentTypeParser(
    JSON_TYPE,
    { parseAs: 'string', bodyLimit: MAX_BODY_BYTES },
    (request, text: string, done) => {
      // Some clients send the type of a body without a body.
      if (text === '') {
        done(null, undefined);
        return;
      }
      void parse(request, text, (error, body: unknown) => {
        if (error === null && isObject(body) && isWithin(body, MAX_BODY_LEVELS)) done(null, body);
        else done(Problem.malformedBody());
      });
    },
  );
  fastify.addHook('onRequest', (request, _reply, done) => {
    const ignored = request.is404 || 'ignoreBody' in request.routeOptions.config;
    if (!ignored && announcesBody(request.headers)) {
      const { raw } = request;
      const cancel = clock.setTimer(BODY_TIMEOUT_MS, () => raw.destroy());
      raw.once('end', cancel).once('close', cancel);
    }
    done();
  });
}

function announcesBody(headers: Readonly<Record<string, unknown>>): boolean {
  const length = headers['content-length'];
  return headers['transfer-encoding'] !== undefined || (length !== undefined && length !== '0');
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Whether the value has at most this many levels. */
function isWithin(value: object, levels: number): boolean {
  return (
    levels > 0 &&
    Object.values(value).every(
      (part: unknown) => typeof part !== 'object' || part === null || isWithin(part, levels - 1),
    )
  );
}
