import type { LimitsReport } from '@gateway-queue/identify-limiter';
import { BOT, report } from '@gateway-queue/identify-limiter/testing';
import { onTestFinished } from 'vitest';
import { RedisHarness, type RedisHarnessOptions } from './harness.ts';
import type { Store } from './servers/file-servers.ts';

/** A harness for one test: no limits, and nothing on the server. */
export async function openHarness(
  store: Store,
  options?: RedisHarnessOptions,
): Promise<RedisHarness> {
  const harness = await RedisHarness.open(store, options);
  onTestFinished(() => harness.dispose());
  return harness;
}

/** The same with limits, and all buckets open. */
export async function openBuckets(
  store: Store,
  maxConcurrency: number,
  rest: Partial<LimitsReport> = {},
  options?: RedisHarnessOptions,
): Promise<RedisHarness> {
  const harness = await openHarness(store, options);
  await harness.replica().setLimits(BOT, report(maxConcurrency, rest));
  await harness.advance(harness.intervalMs);
  return harness;
}
