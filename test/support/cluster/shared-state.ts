import type { Redis } from 'ioredis';

/** A permit that was given and not released, as the server has it. */
export interface SharedPermit {
  readonly id: string;
  readonly shard: number;
  /** Ms on the server's clock. */
  readonly givenAt: number;
}

/** A shard that waits or has a place, and since when it has its rank. */
export interface SharedRank {
  readonly shard: number;
  readonly joinedAt: number;
}

/** Of the bot `default`, by the names of libs/store-redis/src/scripts/keys.ts. */
function key(name: string): string {
  return `gateway-queue:{default}:${name}`;
}

const PERMITS_BY_SHARD = [key('permits-of-shards'), '0', '-1', 'WITHSCORES'];

/** Those of the bot `default`, in the order in which they were given. */
export async function sharedPermits(client: Redis): Promise<SharedPermit[]> {
  return parsePermits(await client.call('ZRANGE', ...PERMITS_BY_SHARD));
}

/** Loses everything, as an operator's mistake would; resolves with the permits that there were until then. */
export async function flush(client: Redis): Promise<SharedPermit[]> {
  const transaction = client
    .multi()
    .call('ZRANGE', ...PERMITS_BY_SHARD)
    .flushall();
  const [permits] = (await transaction.exec()) ?? [];
  return parsePermits(permits?.[1]);
}

/** How many ranks of the bot `default` entries hold or permits have used up, at one moment: one may become the other. */
export async function countRanks(client: Redis): Promise<number> {
  const looking = client.multi().hlen(key('entries')).zcard(key('permits-of-shards'));
  const counts = (await looking.exec()) ?? [];
  return counts.reduce((sum, [, count]) => sum + Number(count), 0);
}

/** When the shards joined, by shard: those that wait, those that left a place, and those whose permit used it up. */
export async function joiningTimes(client: Redis): Promise<ReadonlyMap<number, number>> {
  const script = `
    local found = {}
    local function add(rank, shard)
      found[#found + 1] = shard .. ' ' .. string.match(rank, '^%d:(%d+)')
    end
    for _, held in ipairs(redis.call('HVALS', KEYS[1])) do
      add(string.match(held, '^([^|]+)|([^|]+)'))
    end
    for _, place in ipairs(redis.call('ZRANGE', KEYS[2], 0, -1)) do
      add(string.match(place, '^([^|]+)|([^|]+)'))
    end
    for _, stored in ipairs(redis.call('HVALS', KEYS[3])) do
      local permit = cmsgpack.unpack(stored)
      if not permit.released then
        add(permit.rank, permit.shard)
      end
    end
    return found`;
  const keys = ['entries', 'places', 'permits'].map(key);
  const found: unknown = await client.eval(script, keys.length, ...keys);
  const pairs = Array.isArray(found) ? found.map((line) => String(line).split(' ')) : [];
  return new Map(pairs.map(([shard, joined]) => [Number(shard), Number(joined)]));
}

/** The times in ms between permits that follow one another. */
export function gapsOf(permits: readonly Pick<SharedPermit, 'givenAt'>[]): number[] {
  return permits.slice(1).map(({ givenAt }, index) => givenAt - (permits[index]?.givenAt ?? NaN));
}

/** @param found members `microseconds|id` and their scores, the shards, in turn */
function parsePermits(found: unknown): SharedPermit[] {
  if (!Array.isArray(found)) throw new Error('The server has no such sorted set');
  const texts = found.map(String);
  const permits = texts.flatMap((member, index) => {
    if (index % 2 === 1) return [];
    const [microseconds, id = ''] = member.split('|');
    return [{ id, shard: Number(texts[index + 1]), givenAt: Number(microseconds) / 1000 }];
  });
  return permits.toSorted((a, b) => a.givenAt - b.givenAt);
}
