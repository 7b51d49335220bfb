export {
  type Capability,
  DEFAULT_RULES,
  type HarnessOptions,
  type Limiter,
  limiterContract,
  type LimiterHarness,
  type RestartOptions,
} from './contract/index.ts';
export {
  aPermit,
  attempt,
  attemptOf,
  BOT,
  denial,
  discordReport,
  enterOne,
  grant,
  grantPending,
  granted,
  MOMENT_MS,
  OTHER_BOT,
  remaining,
  report,
  tryNew,
  type Waiter,
} from './contract/moves.ts';
export { FakeClock } from './fake-clock.ts';
export type { BotData } from './memory/bot-data.ts';
export { MemoryHarness } from './memory/memory-harness.ts';
export { MemoryLimiter } from './memory/memory-limiter.ts';
export { MemoryStore, type MemoryStoreOptions } from './memory/memory-store.ts';
