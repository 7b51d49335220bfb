import { Global, type LoggerService, Module } from '@nestjs/common';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';
import { Test } from '@nestjs/testing';
import { FakeClock } from '@gateway-queue/identify-limiter/testing';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { BotStatus } from '../gateway-info/bot-status.ts';
import { GatewayInfoService } from '../gateway-info/gateway-info.service.ts';
import { CLOCK, LIMITER } from '../store/store.tokens.ts';
import { readSettings } from '../settings/read-settings.ts';
import { SettingsModule } from '../settings/settings.module.ts';
import { ConnectionsModule } from '../connections/connections.module.ts';
import { Draining } from '../connections/draining.ts';
import type { Hold } from '../holds/hold.ts';
import { HoldWatch } from '../holds/hold-watch.ts';
import { QueueModule } from '../queue/queue.module.ts';
import { HealthModule } from './health.module.ts';

const KNOWN: BotStatus = {
  bot: 'default',
  leads: true,
  source: 'discord',
  maxConcurrency: 16,
  discordMaxConcurrency: 16,
  ignored: null,
  stale: false,
  lastError: null,
  nextTryAt: null,
};
const UNKNOWN: BotStatus = {
  ...KNOWN,
  source: null,
  maxConcurrency: null,
  stale: true,
  lastError: 'Discord rejected the token of bot default.',
};

const PAUSE: Hold = {
  bot: 'default',
  reason: 'paused',
  bucket: 3,
  since: 1_893_456_000_000,
  until: null,
  waiting: 2,
  explanation:
    'Bucket 3 of bot default is paused by kim, until an operator resumes it: "secret plan".',
};

let bots: BotStatus[];
let holds: Hold[];
let check: () => Promise<void>;
let logged: unknown[];
let app: NestFastifyApplication;

@Global()
@Module({
  providers: [
    { provide: CLOCK, useValue: new FakeClock() },
    { provide: LIMITER, useValue: { check: () => check() } },
  ],
  exports: [CLOCK, LIMITER],
})
class FakeStoreModule {}

@Module({})
class NoQueueModule {}

beforeEach(async () => {
  bots = [KNOWN];
  holds = [];
  check = async () => {};
  logged = [];
  const note = (...entry: unknown[]) => logged.push(entry);
  const logger: LoggerService = { log: () => {}, warn: note, error: note, fatal: note };
  const module = await Test.createTestingModule({
    imports: [
      SettingsModule.of(readSettings({})),
      FakeStoreModule,
      ConnectionsModule,
      HealthModule,
    ],
  })
    .overrideProvider(GatewayInfoService)
    .useValue({ status: () => bots })
    .overrideModule(QueueModule)
    .useModule(NoQueueModule)
    .overrideProvider(HoldWatch)
    .useValue({ current: async () => holds })
    .setLogger(logger)
    .compile();
  app = module.createNestApplication<NestFastifyApplication>(new FastifyAdapter());
  await app.init();
});

afterEach(() => app.close());

async function probe(path: 'live' | 'ready') {
  const answer = await app.inject({ url: `/health/${path}` });
  return { code: answer.statusCode, ...answer.json<{ status: string; details: object }>() };
}

describe('ready', () => {
  test('with a limiter and limits, and not draining', async () => {
    expect(await probe('ready')).toMatchObject({
      code: 200,
      status: 'ok',
      details: {
        limiter: { status: 'up' },
        limits: { status: 'up', bots: [KNOWN] },
        intake: { status: 'up' },
        holds: { status: 'up' },
      },
    });
  });

  test('P12 but degraded while something holds requests back, which is named without its words', async () => {
    holds = [PAUSE];
    const probed = await probe('ready');
    const { explanation: _, ...named } = PAUSE;
    expect(probed).toMatchObject({ code: 200, status: 'degraded' });
    expect(probed.details).toHaveProperty('holds', { status: 'degraded', holds: [named] });
    expect(JSON.stringify(probed)).not.toContain('secret plan');
  });

  test('but degraded while Discord fails and limits are known from before', async () => {
    const stale = { ...KNOWN, stale: true, lastError: 'Discord answered with status 500.' };
    bots = [stale, UNKNOWN];
    expect(await probe('ready')).toMatchObject({
      code: 200,
      status: 'degraded',
      details: { limits: { status: 'degraded', bots: [stale, UNKNOWN] } },
    });
  });
});

describe('not ready', () => {
  test('without limits of any bot', async () => {
    bots = [UNKNOWN];
    expect(await probe('ready')).toMatchObject({
      code: 503,
      status: 'error',
      error: { limits: { status: 'down', bots: [UNKNOWN] } },
    });
  });

  test('without a limiter', async () => {
    check = async () => {
      throw new Error('the disk is full');
    };
    expect(await probe('ready')).toMatchObject({
      code: 503,
      error: { limiter: { status: 'down', message: 'the disk is full' } },
      info: { limits: { status: 'up' } },
    });
  });

  test('while draining', async () => {
    app.get(Draining).begin();
    expect(await probe('ready')).toMatchObject({
      code: 503,
      error: { intake: { status: 'down', message: 'The service is draining.' } },
    });
  });

  test('and a failing probe is not logged', async () => {
    bots = [UNKNOWN];
    await probe('ready');
    expect(logged).toEqual([]);
  });
});

test('alive, whatever else is wrong', async () => {
  bots = [UNKNOWN];
  check = () => Promise.reject(new Error('the disk is full'));
  app.get(Draining).begin();
  expect(await probe('live')).toMatchObject({ code: 200, status: 'ok', details: {} });
});

test('both probes are documented with their answers', () => {
  const { paths } = SwaggerModule.createDocument(app, new DocumentBuilder().build());
  expect(Object.keys(paths)).toEqual(['/health/live', '/health/ready']);
  for (const path of Object.values(paths)) {
    expect(path.get).toMatchObject({ tags: ['health'], responses: { 200: {}, 503: {} } });
  }
});
