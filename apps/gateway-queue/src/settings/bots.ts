import { type BotSettings, DEFAULT_BOT } from './bot-settings.ts';
import { readBotToken } from './bot-token.ts';
import { readBotsFile } from './bots-file.ts';
import type { Settings } from './settings.ts';

/**
 * The bots to serve: those of the file, and the default one unless only the file is set.
 *
 * @param tokenFile where `discordToken` came from; undefined when it was in no file
 */
export function botsOf(
  settings: Settings,
  tokenFile: string | undefined,
): { bots: BotSettings[]; violations: string[] } {
  const { botsFile, discordToken, maxConcurrency, sessionReserve } = settings;
  const { bots, violations } =
    botsFile === undefined ? { bots: [], violations: [] } : readBotsFile(botsFile);

  if (botsFile === undefined || discordToken !== undefined) {
    if (bots.some(({ id }) => id === DEFAULT_BOT)) {
      violations.push(
        `DISCORD_TOKEN: must not be set while BOTS_FILE has a bot ${DEFAULT_BOT}; leave one of them out`,
      );
    }
    bots.unshift({
      id: DEFAULT_BOT,
      token: discordToken,
      rereadToken: tokenFile === undefined ? undefined : () => readBotToken(tokenFile),
      maxConcurrency,
      reserve: undefined,
    });
  }
  return {
    bots: bots.map((bot) =>
      Object.freeze({
        ...bot,
        maxConcurrency: bot.maxConcurrency ?? maxConcurrency,
        reserve: bot.reserve ?? sessionReserve,
      }),
    ),
    violations,
  };
}
