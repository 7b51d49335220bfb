import { BOT } from '@gateway-queue/identify-limiter/testing';
import type { Cluster, Redis } from 'ioredis';
import { keysOf } from '../src/keys.ts';
import type { RedisHarness } from './harness.ts';

/** All that the server keeps of a bot, by the last part of the key's name. */
export async function stored(
  { connection, prefix }: RedisHarness,
  bot = BOT,
): Promise<Record<string, Record<string, string>>> {
  const entries = await Promise.all(
    keysOf(prefix, bot).map(async (key) => {
      return [
        key.slice(key.lastIndexOf(':') + 1),
        await valueOf(connection.commands, key),
      ] as const;
    }),
  );
  return Object.fromEntries(entries);
}

/** How much the server keeps of a bot: members and fields, by the last part of the key's name. */
export async function sizes(harness: RedisHarness, bot = BOT): Promise<Record<string, number>> {
  const all = Object.entries(await stored(harness, bot));
  return Object.fromEntries(all.map(([name, value]) => [name, Object.keys(value).length]));
}

/** Fields with their values, or members with their scores; nothing of a key that is not there. */
async function valueOf(client: Redis | Cluster, key: string): Promise<Record<string, string>> {
  const type = await client.type(key);
  if (type === 'zset') return toPairs(await client.zrange(key, '0', '-1', 'WITHSCORES'));
  const fields = type === 'hash' ? await client.hgetallBuffer(key) : {};
  return Object.fromEntries(
    Object.entries(fields).map(([field, value]) => [field, value.toString('latin1')]),
  );
}

function toPairs(flat: readonly string[]): Record<string, string> {
  const pairs: Record<string, string> = {};
  for (let index = 0; index < flat.length; index += 2) {
    pairs[String(flat[index])] = String(flat[index + 1]);
  }
  return pairs;
}
