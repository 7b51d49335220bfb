import { Controller, Get, Req } from '@nestjs/common';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { Logger } from 'nestjs-pino';
import { expect, test } from 'vitest';
import { readSettings } from '../settings/read-settings.ts';
import { SettingsModule } from '../settings/settings.module.ts';
import { LogsModule } from './logs.module.ts';

@Controller()
class ProbeController {
  @Get('probe')
  probe(@Req() request: { raw: object }) {
    return { log: 'log' in request.raw, allLogs: 'allLogs' in request.raw };
  }
}

test('the logger can be had, and no request meets its middleware', async () => {
  const module = await Test.createTestingModule({
    imports: [SettingsModule.of(readSettings({ LOG_LEVEL: 'silent' })), LogsModule],
    controllers: [ProbeController],
  }).compile();
  const app = module.createNestApplication<NestFastifyApplication>(new FastifyAdapter(), {
    logger: false,
  });
  app.useLogger(app.get(Logger));
  await app.init();

  const answer = await app.inject({ url: '/probe' });

  expect(answer.json()).toEqual({ log: false, allLogs: false });
  await app.close();
});
