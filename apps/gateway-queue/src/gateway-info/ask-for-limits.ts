import type { Clock, LimitsReport } from '@gateway-queue/identify-limiter';
import type { DiscordClient } from './discord-client.ts';
import { readGatewayBotAnswer } from './session-start-limit.ts';

/** What most bots have (Discord docs, Gateway, Session Start Limit). */
const ASSUMED = { maxConcurrency: 1, total: 1000 } as const;

/**
 * Makes a report of a bot's limits: from Discord's answer, or from the figures of most bots when the bot has no token. An
 * override replaces max_concurrency.
 *
 * @param discord undefined for a bot without a token
 * @param readOverride called after Discord has answered, so that an override which was put meanwhile counts
 * @throws what `discord` and `readOverride` throw, and UnusableAnswerError (as a rejection)
 */
export async function askForLimits(
  discord: Pick<DiscordClient, 'ask'> | undefined,
  readOverride: () => Promise<number | undefined>,
  clock: Clock,
): Promise<LimitsReport> {
  if (discord === undefined) {
    const override = await readOverride();
    return {
      maxConcurrency: override ?? ASSUMED.maxConcurrency,
      total: ASSUMED.total,
      source: override === undefined ? 'default' : 'override',
    };
  }
  const askedAt = clock.now();
  const answer = readGatewayBotAnswer(await discord.ask());
  const override = await readOverride();
  return {
    maxConcurrency: override ?? answer.maxConcurrency,
    total: answer.total,
    source: override === undefined ? 'discord' : 'override',
    budget: {
      remaining: answer.remaining,
      resetInMs: answer.resetInMs,
      askedMsAgo: clock.now() - askedAt,
    },
  };
}
