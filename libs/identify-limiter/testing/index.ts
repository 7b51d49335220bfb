export {
  type Capability,
  type Limiter,
  limiterContract,
  type LimiterHarness,
  type RestartOptions,
} from './contract/index.ts';
export { FakeClock } from './fake-clock.ts';
