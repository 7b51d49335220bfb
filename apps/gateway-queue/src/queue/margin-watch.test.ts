import { Logger } from '@nestjs/common';
import type { MarginView } from '@gateway-queue/identify-limiter';
import { FakeClock } from '@gateway-queue/identify-limiter/testing';
import { expect, onTestFinished, test, vi } from 'vitest';
import { readSettings } from '../settings/read-settings.ts';
import { MarginWatch } from './margin-watch.ts';

const SET: MarginView = { ms: 750, setMs: 750, backAt: null, refusals: 0 };

test('P12 the leader says within a second that the margin has grown, and the others do not', async () => {
  const clock = new FakeClock();
  const warn = vi.spyOn(Logger.prototype, 'warn').mockReturnValue();
  onTestFinished(() => warn.mockRestore());
  let margin = SET;
  let leads = false;
  const limiter = {
    leads: async () => leads,
    view: async () => ({ now: 0, limits: undefined, opensAt: [], pauses: [], permits: [], margin }),
  };
  const watch = new MarginWatch(readSettings({}), clock, limiter);
  watch.onApplicationBootstrap();
  margin = { ms: 1000, setMs: 750, backAt: 1, refusals: 2 };
  await clock.advance(2000);
  expect(warn).not.toHaveBeenCalled();
  leads = true;
  await clock.advance(2000);
  expect(warn).toHaveBeenCalledOnce();
  await watch.onModuleDestroy();
  expect(clock.pendingTimers).toBe(0);
});
