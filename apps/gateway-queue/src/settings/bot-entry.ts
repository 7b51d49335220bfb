import { resolve } from 'node:path';
import { matches } from 'class-validator';
import { type BotSettings, MAX_BUCKETS, MAX_RESERVED } from './bot-settings.ts';
import { parseBotToken, readBotToken, TOKEN_RULE } from './bot-token.ts';
import type { Secret } from './secret.ts';
import { TextFileError } from './text-file.ts';

/** A bot as the file has it. What it leaves out comes from the settings for all bots. */
export type BotEntry = Omit<BotSettings, 'reserve'> & { readonly reserve: number | undefined };

/** Takes a violation: the member of the entry (null for the entry itself) and what is wrong with it. */
export type Complain = (member: string | null, what: string) => void;

const KNOWN_MEMBERS = new Set(['id', 'token', 'tokenFile', 'maxConcurrency', 'reserve']);

/**
 * Reads one bot of a `BOTS_FILE`.
 *
 * @param directory what a relative tokenFile is relative to
 * @returns undefined, after a complaint, when the entry has no usable id
 */
export function readBotEntry(
  entry: unknown,
  directory: string,
  complain: Complain,
): BotEntry | undefined {
  if (typeof entry !== 'object' || entry === null || Array.isArray(entry)) {
    complain(null, 'must be an object with the id of a bot');
    return undefined;
  }
  const members = new Map<string, unknown>(Object.entries(entry));
  for (const member of members.keys()) {
    if (!KNOWN_MEMBERS.has(member)) complain(member, 'is not known');
  }
  const token = readToken(members, directory, complain);
  const maxConcurrency = readCount(members, 'maxConcurrency', 1, MAX_BUCKETS, complain);
  const reserve = readCount(members, 'reserve', 0, MAX_RESERVED, complain);
  const id = members.get('id');
  if (typeof id !== 'string' || !matches(id, /^[\w.-]{1,64}$/)) {
    complain('id', 'must be 1 to 64 letters, digits, underscores, dots and hyphens');
    return undefined;
  }
  return { id, token, maxConcurrency, reserve };
}

function readCount(
  members: ReadonlyMap<string, unknown>,
  member: string,
  min: number,
  max: number,
  complain: Complain,
): number | undefined {
  const value = members.get(member);
  if (value === undefined) return undefined;
  if (typeof value === 'number' && Number.isInteger(value)) {
    if (value >= min && value <= max) return value;
  }
  complain(member, `must be a whole number from ${min} to ${max}`);
  return undefined;
}

function readToken(
  members: ReadonlyMap<string, unknown>,
  directory: string,
  complain: Complain,
): Secret | undefined {
  const token = members.get('token');
  const path = members.get('tokenFile');
  if (path !== undefined) {
    if (token === undefined) return readTokenFile(path, directory, complain);
    complain('tokenFile', 'must not be there together with token; leave one of them out');
  }
  if (token === undefined) return undefined;
  const secret = typeof token === 'string' ? parseBotToken(token) : undefined;
  if (secret === undefined) complain('token', TOKEN_RULE);
  return secret;
}

function readTokenFile(path: unknown, directory: string, complain: Complain): Secret | undefined {
  if (typeof path !== 'string' || path === '') {
    complain('tokenFile', 'must be the path of a file');
    return undefined;
  }
  try {
    return readBotToken(resolve(directory, path));
  } catch (error) {
    if (!(error instanceof TextFileError)) throw error;
    complain('tokenFile', error.message);
    return undefined;
  }
}
