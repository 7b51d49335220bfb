import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** A permit as the service stored it. */
export interface StoredPermit {
  readonly bot: string;
  readonly shard: number;
  readonly bucket: number;
  /** Ms on the line of the fake Discord's monotonicNow(): both count from the machine's boot. */
  readonly givenAt: number;
  /** Whether it is its bucket's first one since the buckets were made. */
  readonly opensBucket: boolean;
}

/** The permits in a data directory, in the order in which they were given. The service must have ended. */
export function storedPermits(dataDir: string): StoredPermit[] {
  return query(
    dataDir,
    'SELECT bot, shard, bucket, given_at, before_closed_from FROM permits WHERE NOT released ORDER BY given_at',
  ).map((row) => ({
    bot: String(row['bot']),
    shard: Number(row['shard']),
    bucket: Number(row['bucket']),
    givenAt: Number(row['given_at']),
    opensBucket: row['before_closed_from'] === null,
  }));
}

/** What is left of a bot's session starts, and when they reset, as the service stored it. It must have ended. */
export function storedBudget(
  dataDir: string,
  bot: string,
): { readonly remaining: number; readonly resetAt: number } {
  const [row] = query(dataDir, 'SELECT remaining, reset_at FROM bots WHERE bot = ?', bot);
  if (row === undefined) throw new Error(`No limits of bot ${bot} are stored`);
  return { remaining: Number(row['remaining']), resetAt: Number(row['reset_at']) };
}

function query(dataDir: string, sql: string, ...values: string[]): Record<string, unknown>[] {
  const database = new DatabaseSync(join(dataDir, 'gateway-queue.db'));
  try {
    return database.prepare(sql).all(...values);
  } finally {
    database.close();
  }
}
