import { dirname } from 'node:path';
import { type BotEntry, readBotEntry } from './bot-entry.ts';
import type { Secret } from './secret.ts';
import { readTextFile, TextFileError } from './text-file.ts';

/**
 * The bots of a `BOTS_FILE`, a JSON array of `{id, token?, tokenFile?, maxConcurrency?, reserve?}`, and the violations in it.
 * A relative tokenFile is relative to the directory of the `BOTS_FILE`.
 */
export function readBotsFile(path: string): { bots: BotEntry[]; violations: string[] } {
  const bots: BotEntry[] = [];
  const violations: string[] = [];
  const complain = (what: string) => violations.push(`BOTS_FILE: ${what}`);

  for (const [index, entry] of readEntries(path, complain).entries()) {
    const bot = readBotEntry(entry, dirname(path), (member, what) => {
      complain(`bots[${index}]${member === null ? '' : `.${member}`} ${what}`);
    });
    if (bot === undefined) continue;
    if (bots.some(({ id }) => id === bot.id)) {
      complain(`bots[${index}].id is that of another bot too; each must have its own`);
    }
    bots.push(bot.token ? { ...bot, rereadToken: () => rereadToken(path, bot.id) } : bot);
  }
  return { bots, violations };
}

/** The bot's token as the `BOTS_FILE`, or the file that this names, has it now. */
function rereadToken(path: string, id: string): Secret {
  const { bots, violations } = readBotsFile(path);
  const token = bots.find((bot) => bot.id === id)?.token;
  if (token === undefined) {
    throw new TextFileError(`names a file without a usable token (${violations.join('; ')})`);
  }
  return token;
}

function readEntries(path: string, complain: (what: string) => void): unknown[] {
  try {
    const parsed: unknown = JSON.parse(readTextFile(path));
    if (Array.isArray(parsed) && parsed.length > 0) return parsed;
    complain('must name a file with a JSON array of at least one bot');
  } catch (error) {
    // The parser's own message quotes the file, perhaps a token in it.
    complain(error instanceof TextFileError ? error.message : 'names a file that is not JSON');
  }
  return [];
}
