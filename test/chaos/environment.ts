import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import type { BotOptions } from '../support/discord/bot.ts';
import type { Rules } from './history.ts';

/** The prefix of all keys in Redis. */
export const PREFIX = 'chaos';

export const REPLICAS = 3;

interface ChaosBot extends BotOptions {
  readonly name: string;
  readonly reserve: number;
  /** How many shards ask by their number. */
  readonly shards: number;
  /** How many clients ask without naming a shard. */
  readonly unnamed: number;
  /** The values that Discord's max_concurrency may change to. */
  readonly concurrencies: readonly number[];
}

/** One bot has plenty of session starts. The other one runs out of them again and again. */
export const BOTS: readonly ChaosBot[] = [
  {
    name: 'rich',
    token: 'token.of.rich',
    total: 100_000,
    remaining: 100_000,
    maxConcurrency: 3,
    reserve: 10,
    shards: 18,
    unnamed: 2,
    concurrencies: [2, 3, 4],
  },
  {
    name: 'poor',
    token: 'token.of.poor',
    total: 16,
    remaining: 16,
    periodMs: 16_000,
    maxConcurrency: 2,
    reserve: 3,
    shards: 8,
    unnamed: 1,
    concurrencies: [1, 2],
  },
];

/** The times are short, so that much happens in a run. The margin is as long as the queue requires (MAX_ANSWER_AGE_MS). */
export const RULES: Rules = {
  intervalMs: 500,
  marginMs: 250,
  confirmTimeoutMs: 2000,
  placeTtlMs: 20_000,
  shutdownTimeoutMs: 8000,
  reserveOf: Object.fromEntries(BOTS.map(({ name, reserve }) => [name, reserve])),
};

/** The settings of the service, without REDIS_URL. */
export async function serviceSettings(
  dir: string,
  discordUrl: string,
): Promise<Record<string, string>> {
  const botsFile = join(dir, 'bots.json');
  const bots = BOTS.map(({ name, token, reserve }) => ({ id: name, token, reserve }));
  await writeFile(botsFile, JSON.stringify(bots));
  return {
    BOTS_FILE: botsFile,
    DISCORD_API_URL: discordUrl,
    GATEWAY_INFO_CRON: '*/2 * * * * *',
    REDIS_PREFIX: PREFIX,
    IDENTIFY_INTERVAL_MS: String(RULES.intervalMs),
    IDENTIFY_MARGIN_MS: String(RULES.marginMs),
    CONFIRM_TIMEOUT_MS: String(RULES.confirmTimeoutMs),
    PLACE_TTL_MS: String(RULES.placeTtlMs),
    SHUTDOWN_TIMEOUT_MS: String(RULES.shutdownTimeoutMs),
    // Every shard asks all the time here, so that throttling would hold all of them back.
    CRASH_LOOP_BELOW: '0',
    LOG_LEVEL: 'warn',
    SWAGGER: 'false',
  };
}
