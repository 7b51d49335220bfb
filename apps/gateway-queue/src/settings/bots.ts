import { type BotSettings, DEFAULT_BOT } from './bot-settings.ts';
import { readBotsFile } from './bots-file.ts';
import type { Settings } from './settings.ts';

/** The bots to serve: those of the file, and the default one unless only the file is set. */
export function botsOf(settings: Settings): { bots: BotSettings[]; violations: string[] } {
  const { botsFile, discordToken, maxConcurrency, sessionReserve } = settings;
  const { bots, violations } =
    botsFile === undefined ? { bots: [], violations: [] } : readBotsFile(botsFile);

  if (botsFile === undefined || discordToken !== undefined) {
    if (bots.some(({ id }) => id === DEFAULT_BOT)) {
      violations.push(
        `DISCORD_TOKEN: must not be set while BOTS_FILE has a bot ${DEFAULT_BOT}; leave one of them out`,
      );
    }
    bots.unshift({ id: DEFAULT_BOT, token: discordToken, maxConcurrency, reserve: undefined });
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
