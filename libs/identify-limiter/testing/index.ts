export {
  type Capability,
  DEFAULT_RULES,
  type HarnessOptions,
  type Limiter,
  limiterContract,
  type LimiterHarness,
  type RestartOptions,
} from './contract/index.ts';
export { FakeClock } from './fake-clock.ts';
