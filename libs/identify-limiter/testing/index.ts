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
  grantAwaited,
  granted,
  MOMENT_MS,
  OTHER_BOT,
  remaining,
  report,
  tryNew,
  type Waiter,
} from './contract/moves.ts';
export { FakeClock } from './fake-clock.ts';
