import { Logger } from '@nestjs/common';
import { FakeClock } from '@gateway-queue/identify-limiter/testing';
import { expect, test, vi } from 'vitest';
import { reportOutage } from './limiter-outage.ts';

test('an outage is reported once, however long it lasts, and the next one again', async () => {
  const clock = new FakeClock();
  const logger = new Logger();
  const logged = vi.spyOn(logger, 'error').mockReturnValue();
  const report = reportOutage(clock, logger);
  for (let second = 0; second < 60; second += 1) {
    report(new Error('the disk is full'));
    await clock.advance(1000);
  }
  expect(logged).toHaveBeenCalledTimes(1);
  await clock.advance(10_000);
  report(new Error('the disk is full'));
  expect(logged).toHaveBeenCalledTimes(2);
});
