import { dividesDiscords, divisorsOf, type LimitsReport } from '@gateway-queue/identify-limiter';

/** What can want another max_concurrency than Discord's. The operators' override goes before the settings. */
export const WANTED_BY = ['override', 'settings'] as const;

/** A max_concurrency that is wanted in place of Discord's. */
export interface WantedMaxConcurrency {
  readonly maxConcurrency: number;
  readonly from: (typeof WANTED_BY)[number];
}

/** What holds: a part of a {@link LimitsReport}. */
type InForce = Pick<LimitsReport, 'maxConcurrency' | 'discordMaxConcurrency' | 'source'>;

/** Discord's max_concurrency, or the one that is wanted in its place if that divides it. */
export function inPlaceOf(
  discordMaxConcurrency: number,
  wanted: WantedMaxConcurrency | undefined,
): InForce {
  return wanted !== undefined && dividesDiscords(wanted.maxConcurrency, discordMaxConcurrency)
    ? { maxConcurrency: wanted.maxConcurrency, discordMaxConcurrency, source: 'override' }
    : { maxConcurrency: discordMaxConcurrency, discordMaxConcurrency, source: 'discord' };
}

/**
 * What is wanted but does not hold, because it does not divide Discord's value; null when there is no such thing.
 *
 * @param discordMaxConcurrency null while it is not known, and of a bot without a token: then what is wanted holds
 */
export function ignoredOf(
  discordMaxConcurrency: number | null,
  wanted: WantedMaxConcurrency | undefined,
): WantedMaxConcurrency | null {
  if (wanted === undefined || discordMaxConcurrency === null) return null;
  return dividesDiscords(wanted.maxConcurrency, discordMaxConcurrency) ? null : wanted;
}

/** What may be wanted in place of Discord's value, as the end of a sentence that begins with the parameter's name. */
export function divisorRule(discordMaxConcurrency: number): string {
  const divisors = divisorsOf(discordMaxConcurrency);
  const choice = new Intl.ListFormat('en-GB', { type: 'disjunction' }).format(divisors.map(String));
  return (
    `must divide Discord's max_concurrency ${discordMaxConcurrency}, so it can be ${choice}: ` +
    "any other puts shards of one of Discord's buckets into two"
  );
}
