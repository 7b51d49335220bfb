import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

import { makeFolder, removeFolder } from '../folders.ts';

/** A permit as the service stored it. */
export interface StoredPermit {
  readonly bot: string;
  readonly shard: number;
  readonly bucket: number;
  /** Ms of monotonicNow(): both count from the machine's boot. */
  readonly givenAt: number;
  /** Whether it is its bucket's first one since the buckets were made. */
  readonly opensBucket: boolean;
}

/** A rank that no permit has used up: a place, once the service has ended. */
export interface StoredRank {
  readonly shard: number;
  readonly ticket: number;
  readonly joinedAt: number;
}

/** The session starts of a bot as the service stored them. */
export interface StoredBudget {
  readonly remaining: number;
  /** Ms of monotonicNow(). */
  readonly resetAt: number;
}

/** Permits that were not released, in the order in which they were given. The service must have ended. */
export async function storedPermits(dataDir: string): Promise<StoredPermit[]> {
  const rows = await query(
    dataDir,
    'SELECT bot, shard, bucket, granted_at, before_closed_from FROM permits WHERE NOT released ORDER BY granted_at',
  );
  return rows.map((row) => ({
    bot: String(row['bot']),
    shard: Number(row['shard']),
    bucket: Number(row['bucket']),
    givenAt: Number(row['granted_at']),
    opensBucket: row['before_closed_from'] === null,
  }));
}

/** The ranks, best first. The service must have ended. */
export async function storedRanks(dataDir: string): Promise<StoredRank[]> {
  const rows = await query(
    dataDir,
    'SELECT shard, ticket, joined_at FROM ranks ORDER BY priority, joined_at, ticket',
  );
  return rows.map((row) => ({
    shard: Number(row['shard']),
    ticket: Number(row['ticket']),
    joinedAt: Number(row['joined_at']),
  }));
}

/** The budget of the bot, `default` unless given. The service must have ended. */
export async function storedBudget(dataDir: string, bot = 'default'): Promise<StoredBudget> {
  const [row] = await query(dataDir, 'SELECT remaining, reset_at FROM bots WHERE bot = ?', bot);
  if (row === undefined) throw new Error(`No limits of bot ${bot} are stored`);
  return { remaining: Number(row['remaining']), resetAt: Number(row['reset_at']) };
}

/** The smallest time in ms between two permits of one bucket. */
export function smallestGap(permits: readonly Pick<StoredPermit, 'bucket' | 'givenAt'>[]): number {
  const gaps = [...Map.groupBy(permits, ({ bucket }) => bucket).values()].flatMap((ofBucket) =>
    ofBucket
      .slice(1)
      .map(({ givenAt }, index) => givenAt - (ofBucket[index]?.givenAt ?? Number.NaN)),
  );
  return Math.min(...gaps);
}

async function query(
  dataDir: string,
  sql: string,
  ...values: string[]
): Promise<Record<string, unknown>[]> {
  // To read a copy leaves the original as a crash left it.
  const copy = makeFolder('gateway-queue-copy-');
  await cp(dataDir, copy, { recursive: true });
  const database = new DatabaseSync(join(copy, 'gateway-queue.db'));
  try {
    return database.prepare(sql).all(...values);
  } finally {
    database.close();
    await removeFolder(copy);
  }
}
