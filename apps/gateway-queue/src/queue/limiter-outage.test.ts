import { Logger } from '@nestjs/common';
import { FakeClock } from '@gateway-queue/identify-limiter/testing';
import { expect, test, vi } from 'vitest';
import { LimiterOutage } from './limiter-outage.ts';

test('P12 an outage is logged once, however long it lasts, once when it is over, and the next one again', async () => {
  const clock = new FakeClock();
  const logger = new Logger();
  const errors = vi.spyOn(logger, 'error').mockReturnValue();
  const news = vi.spyOn(logger, 'log').mockReturnValue();
  const outage = new LimiterOutage(clock, logger);
  for (let second = 0; second < 60; second += 1) {
    outage.failed(new Error('the disk is full'));
    await clock.advance(1000);
  }
  expect(errors).toHaveBeenCalledTimes(1);
  expect(news).not.toHaveBeenCalled();
  await clock.advance(10_000);
  expect(news).toHaveBeenCalledTimes(1);
  outage.failed(new Error('the disk is full'));
  expect(errors).toHaveBeenCalledTimes(2);
  outage.stop();
  expect(clock.pendingTimers).toBe(0);
});
