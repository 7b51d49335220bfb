import { BOT } from '@gateway-queue/identify-limiter/testing';
import { botKeys } from '../src/scripts/keys.ts';
import type { RedisHarness } from './harness.ts';

/** Of each key a flat list: fields with hashes of their values, or members with their scores. */
const READ_ALL = `
  local all = {}
  for index, key in ipairs(KEYS) do
    local kind = redis.call('TYPE', key).ok
    if kind == 'hash' then
      all[index] = redis.call('HGETALL', key)
      for at = 2, #all[index], 2 do
        all[index][at] = redis.sha1hex(all[index][at])
      end
    else
      all[index] = kind == 'zset' and redis.call('ZRANGE', key, 0, -1, 'WITHSCORES') or {}
    end
  end
  return all
`;

/** All that the server keeps of a bot, by the last part of the key's name. */
export async function stored(
  { connection, prefix }: RedisHarness,
  bot = BOT,
): Promise<Record<string, Record<string, string>>> {
  const keys = botKeys(prefix, bot);
  const all: unknown = await connection.commands.eval(READ_ALL, keys.length, ...keys);
  const values: readonly unknown[] = Array.isArray(all) ? all : [];
  return Object.fromEntries(
    keys.map((key, index) => {
      const value = values[index];
      return [key.slice(key.lastIndexOf(':') + 1), toPairs(Array.isArray(value) ? value : [])];
    }),
  );
}

/** The key of a bot whose name ends so. */
export function keyOf({ prefix }: RedisHarness, name: string, bot = BOT): string {
  return String(botKeys(prefix, bot).find((key) => key.endsWith(`:${name}`)));
}

/** How much the server keeps of a bot: members and fields, by the last part of the key's name. */
export async function sizes(harness: RedisHarness, bot = BOT): Promise<Record<string, number>> {
  const all = Object.entries(await stored(harness, bot));
  return Object.fromEntries(all.map(([name, value]) => [name, Object.keys(value).length]));
}

function toPairs(flat: readonly unknown[]): Record<string, string> {
  const pairs: Record<string, string> = {};
  for (let index = 0; index < flat.length; index += 2) {
    pairs[String(flat[index])] = String(flat[index + 1]);
  }
  return pairs;
}
