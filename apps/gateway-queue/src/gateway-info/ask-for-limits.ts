import type { Clock, LimitsReport } from '@gateway-queue/identify-limiter';
import type { DiscordClient } from './discord-client.ts';
import { readGatewayBotAnswer } from './session-start-limit.ts';
import { inPlaceOf, type WantedMaxConcurrency } from './wanted-max-concurrency.ts';

/** What most bots have (Discord docs, Gateway, Session Start Limit). */
const ASSUMED = { maxConcurrency: 1, total: 1000 } as const;

/**
 * Makes a report of a bot's limits: from Discord's answer, or from the figures of most bots when the bot has no token. What
 * is wanted in place of max_concurrency replaces it, unless it does not divide Discord's.
 *
 * @param discord undefined for a bot without a token
 * @param readWanted called after Discord has answered, so that an override which was put meanwhile counts
 * @throws what `discord` and `readWanted` throw, and UnusableAnswerError (as a rejection)
 */
export async function askForLimits(
  discord: Pick<DiscordClient, 'ask'> | undefined,
  readWanted: () => Promise<WantedMaxConcurrency | undefined>,
  clock: Clock,
): Promise<LimitsReport> {
  if (discord === undefined) {
    const wanted = await readWanted();
    return {
      maxConcurrency: wanted?.maxConcurrency ?? ASSUMED.maxConcurrency,
      total: ASSUMED.total,
      source: wanted === undefined ? 'default' : 'override',
    };
  }
  const askedAt = clock.now();
  const answer = readGatewayBotAnswer(await discord.ask());
  return {
    ...inPlaceOf(answer.maxConcurrency, await readWanted()),
    total: answer.total,
    budget: {
      remaining: answer.remaining,
      resetInMs: answer.resetInMs,
      askedMsAgo: clock.now() - askedAt,
    },
  };
}
