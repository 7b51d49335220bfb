import type { Clock, LimitsReport } from '@gateway-queue/identify-limiter';
import type { BotSettings } from '../settings/bot-settings.ts';
import type { DiscordClient } from './discord-client.ts';
import { readGatewayBotAnswer } from './session-start-limit.ts';

/** What most bots have (Discord docs, Gateway, Session Start Limit). */
const ASSUMED = { maxConcurrency: 1, total: 1000 } as const;

/**
 * What is to be known of a bot's limits: Discord's word where it can be asked, the operator's on
 * max_concurrency where there is one.
 *
 * @param discord undefined for a bot without a token
 * @throws what `discord` throws, and UnusableAnswerError (as a rejection)
 */
export async function learnLimits(
  bot: BotSettings,
  discord: Pick<DiscordClient, 'ask'> | undefined,
  clock: Clock,
): Promise<LimitsReport> {
  const override = bot.maxConcurrency;
  if (discord === undefined) {
    return {
      maxConcurrency: override ?? ASSUMED.maxConcurrency,
      total: ASSUMED.total,
      source: override === undefined ? 'default' : 'override',
    };
  }
  const askedAt = clock.now();
  const answer = readGatewayBotAnswer(await discord.ask());
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
