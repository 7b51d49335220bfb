import type { LimiterRules } from '@gateway-queue/identify-limiter';
import type { Settings } from '../settings/settings.ts';

/** What the settings say of permits. */
export function limiterRules(settings: Settings): LimiterRules {
  const reserves = new Map(settings.bots.map(({ id, reserve }) => [id, reserve]));
  return {
    intervalMs: settings.identifyIntervalMs,
    marginMs: settings.identifyMarginMs,
    confirmTimeoutMs: settings.confirmTimeoutMs,
    reserveOf: (bot) => reserves.get(bot) ?? settings.sessionReserve,
    crashLoop: {
      burst: settings.crashLoopBurst,
      windowMs: settings.crashLoopWindowMs,
      below: settings.crashLoopBelow,
    },
  };
}
