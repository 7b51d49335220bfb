import { Global, Module } from '@nestjs/common';
import { SchedulerRegistry } from '@nestjs/schedule';
import { Test, type TestingModule } from '@nestjs/testing';
import { FakeClock } from '@gateway-queue/identify-limiter/testing';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { CLOCK, LIMITER, LIMITS_OVERRIDES, STORE_IS_SHARED } from '../store/store.tokens.ts';
import { readSettings } from '../settings/read-settings.ts';
import { SettingsModule } from '../settings/settings.module.ts';
import { GatewayInfoModule } from './gateway-info.module.ts';
import { GatewayInfoService } from './gateway-info.service.ts';
import { FakeDiscord } from './testing/fake-discord.ts';
import { RecordingLimiter } from './testing/recording-limiter.ts';

const clock = new FakeClock();
const limiter = new RecordingLimiter();

@Global()
@Module({
  providers: [
    { provide: CLOCK, useValue: clock },
    { provide: LIMITER, useValue: limiter },
    { provide: STORE_IS_SHARED, useValue: false },
    { provide: LIMITS_OVERRIDES, useValue: { of: async () => undefined } },
  ],
  exports: [CLOCK, LIMITER, STORE_IS_SHARED, LIMITS_OVERRIDES],
})
class FakeStoreModule {}

let discord: FakeDiscord;
let app: TestingModule;
let service: GatewayInfoService;

beforeEach(async () => {
  discord = await FakeDiscord.start();
  const settings = readSettings({ DISCORD_TOKEN: 'hunter2', DISCORD_API_URL: discord.url });
  app = await Test.createTestingModule({
    imports: [SettingsModule.of(settings), FakeStoreModule, GatewayInfoModule],
  })
    .setLogger({ log: () => {}, warn: () => {}, error: () => {} })
    .compile();
  service = app.get(GatewayInfoService);
});

afterEach(async () => {
  await app.close();
  await discord.stop();
});

test('the start does not wait for Discord', async () => {
  discord.answer = () => {};
  await app.init();
  expect(service.status()).toMatchObject([{ bot: 'default', maxConcurrency: null }]);
});

test('the cron job asks again at the times of the settings', async () => {
  await app.init();
  await service.refresh('default');
  const job = app.get(SchedulerRegistry).getCronJob('gateway-info');
  expect(job.cronTime.source).toBe('*/5 * * * *');
  await expect.poll(() => service.status()).toMatchObject([{ stale: false }]);
  await job.fireOnTick();
  await expect.poll(() => discord.requests).toHaveLength(2);
});

test('an operator’s refresh makes only the leader ask', async () => {
  await app.init();
  await expect.poll(() => service.status()).toMatchObject([{ stale: false }]);
  const asked = discord.requests.length;
  limiter.leading = false;
  await service.refresh('default');
  limiter.leading = true;
  const arrival = discord.arrival();
  await service.refresh('default');
  await arrival;
  expect(discord.requests).toHaveLength(asked + 1);
  await expect(service.applyOverride('unknown')).rejects.toThrow(RangeError);
});

test('no timer and no cron job is left when the application has closed', async () => {
  discord.answer = () => {};
  await app.init();
  await app.close();
  expect(clock.pendingTimers).toBe(0);
  expect(app.get(SchedulerRegistry).getCronJobs().size).toBe(0);
});
