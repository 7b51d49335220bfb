import { once } from 'node:events';
import { type AddressInfo, connect } from 'node:net';
import { Body, Controller, Delete, Global, type LoggerService, Module, Post } from '@nestjs/common';
import { FastifyAdapter, type NestFastifyApplication, RouteConfig } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { IsOptional, IsString } from 'class-validator';
import { FakeClock } from '@gateway-queue/identify-limiter/testing';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { CLOCK } from '../store/store.tokens.ts';
import { readSettings } from '../settings/read-settings.ts';
import { fastifyOptions } from './fastify-options.ts';
import { HttpModule } from './http.module.ts';
import { IGNORE_BODY, ignoreBodies } from './ignore-body.ts';
import { readJsonBodies } from './json-body.ts';

class ThingBody {
  @IsOptional()
  @IsString()
  readonly name?: string;
}

@Controller()
class ThingsController {
  @Post('read')
  read(@Body() body: ThingBody): object {
    return { read: body.name ?? null };
  }

  @Delete('read')
  remove(): object {
    return { removed: true };
  }

  @Post('ignore')
  @RouteConfig(IGNORE_BODY)
  ignore(@Body() body: unknown): object {
    return { ignored: body ?? null };
  }
}

let clock: FakeClock;
let logged: unknown[];
let app: NestFastifyApplication;

beforeEach(async () => {
  clock = new FakeClock();
  logged = [];

  @Global()
  @Module({ providers: [{ provide: CLOCK, useValue: clock }], exports: [CLOCK] })
  class ClockModule {}

  const note = (...entry: unknown[]): void => void logged.push(entry);
  const logger: LoggerService = { log: () => {}, warn: note, error: note };
  const module = await Test.createTestingModule({
    imports: [ClockModule, HttpModule],
    controllers: [ThingsController],
  })
    .setLogger(logger)
    .compile();
  app = module.createNestApplication<NestFastifyApplication>(
    new FastifyAdapter(fastifyOptions(readSettings({}))),
    { bodyParser: false },
  );
  ignoreBodies(app);
  readJsonBodies(app);
  await app.init();
});

afterEach(() => app.close());

async function post(payload: string, type = 'application/json', url = '/read') {
  const answer = await app.inject({
    method: 'POST',
    url,
    payload,
    headers: { 'content-type': type },
  });
  return { status: answer.statusCode, ...answer.json<{ code?: string }>() };
}

test.each(['application/json', 'application/json; charset=utf-8', 'Application/JSON'])(
  'an object with the type %s is read',
  async (type) => {
    expect(await post('{"name": "x"}', type)).toMatchObject({ read: 'x' });
  },
);

test('an empty body is an object without members, even when its type is sent', async () => {
  expect(await post('')).toMatchObject({ read: null });
  expect((await app.inject({ method: 'POST', url: '/read' })).json()).toEqual({ read: null });
  const headers = { 'content-type': 'application/json' };
  const removed = await app.inject({ method: 'DELETE', url: '/read', headers });
  expect(removed.json()).toEqual({ removed: true });
});

test.each([
  '{',
  'x',
  'null',
  '1',
  '"x"',
  'true',
  '[]',
  '[{"name": "x"}]',
  '{"__proto__": {"name": "x"}}',
  '{"constructor": {"prototype": {}}}',
  '{"name": "x"}}',
])('%s is malformed', async (payload) => {
  expect(await post(payload)).toMatchObject({ status: 400, code: 'malformed-body' });
});

/** An object with this many levels, itself included. */
const nested = (levels: number) => `{"other": ${'['.repeat(levels - 1)}${']'.repeat(levels - 1)}}`;

test('P10 16 levels are read, and no more', async () => {
  expect(await post(nested(16))).toMatchObject({ status: 201 });
  expect(await post(nested(17))).toMatchObject({ status: 400, code: 'malformed-body' });
  expect(await post(nested(8000))).toMatchObject({ status: 400, code: 'malformed-body' });
  expect(logged).toEqual([]);
});

test.each([
  'text/plain',
  'application/x-www-form-urlencoded',
  'text/json',
  'x',
  '/',
  'multipart/form-data',
])('%s is not read', async (type) => {
  expect(await post('{"name": "x"}', type)).toMatchObject({
    status: 415,
    code: 'unsupported-media-type',
  });
});

/** A JSON object with this many bytes. */
const ofLength = (length: number) => `{"name": "${'x'.repeat(length - '{"name": ""}'.length)}"}`;

test('P10 16 KiB are read, and no more', async () => {
  expect(await post(ofLength(16_384))).toMatchObject({ status: 201 });
  expect(await post(ofLength(16_385))).toMatchObject({ status: 413, code: 'body-too-large' });
});

test.each([
  ['{', 'application/json'],
  ['x'.repeat(20_000), 'text/plain'],
  ['x', 'no type at all'],
])('a route that ignores bodies takes any body', async (payload, type) => {
  expect(await post(payload, type, '/ignore')).toMatchObject({ status: 201, ignored: null });
});

test('a wrong body is not logged as an error', async () => {
  await post('{');
  await post('x', 'text/plain');
  await post('x'.repeat(20_000));
  expect(logged).toEqual([]);
});

test.each(['Content-Length: 100', 'Transfer-Encoding: chunked'])(
  'P10 a body that does not arrive (%s) ends its connection after 15 s',
  async (header) => {
    await app.listen(0, '127.0.0.1');
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- it listens on TCP
    const { port } = app.getHttpServer().address() as AddressInfo;
    const received = new Promise<void>((resolve) => {
      app.getHttpServer().once('request', () => resolve());
    });
    const client = connect(port, '127.0.0.1').resume();
    const closed = once(client, 'close');
    client.write(
      `POST /read HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n${header}\r\n\r\n`,
    );
    await received;
    await clock.settle();
    expect(clock.pendingTimers).toBe(1);
    await clock.advance(14_999);
    expect(client.destroyed).toBe(false);
    await clock.advance(1);
    await closed;
    expect(logged).toEqual([]);
  },
);

test('no timer is left after a body has arrived', async () => {
  await post('{"name": "x"}');
  await post('{"name": "x"}', 'application/json', '/ignore');
  await clock.settle();
  expect(clock.pendingTimers).toBe(0);
});
