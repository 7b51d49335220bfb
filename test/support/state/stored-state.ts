import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

import { copyOf } from './data-dirs.ts';

/** A permit that was given, as the service's own file has it. */
export interface StoredPermit {
  readonly shard: number;
  readonly bucket: number;
  /** Ms on the monotonic line of this machine. */
  readonly givenAt: number;
}

/** A rank that is not used up: a place, once the service has ended. */
export interface StoredRank {
  readonly shard: number;
  readonly ticket: number;
  readonly joinedAt: number;
}

/** Permits that were not released, in the order in which they were given. The service must have ended. */
export function storedPermits(dataDir: string): Promise<StoredPermit[]> {
  return query<StoredPermit>(
    dataDir,
    `SELECT shard, bucket, given_at AS givenAt FROM permits WHERE NOT released ORDER BY given_at`,
  );
}

/** The ranks, best first. The service must have ended. */
export function storedRanks(dataDir: string): Promise<StoredRank[]> {
  return query<StoredRank>(
    dataDir,
    `SELECT shard, ticket, joined_at AS joinedAt FROM ranks ORDER BY priority, joined_at, ticket`,
  );
}

/** What is left of the default bot's session starts. The service must have ended. */
export async function storedRemaining(dataDir: string): Promise<number | undefined> {
  const [row] = await query<{ remaining: number }>(dataDir, 'SELECT remaining FROM bots');
  return row?.remaining;
}

/** The smallest time in ms between two permits of one bucket. */
export function smallestGap(permits: readonly StoredPermit[]): number {
  const gaps = [...Map.groupBy(permits, ({ bucket }) => bucket).values()].flatMap((ofBucket) =>
    ofBucket
      .slice(1)
      .map(({ givenAt }, index) => givenAt - (ofBucket[index]?.givenAt ?? Number.NaN)),
  );
  return Math.min(...gaps);
}

async function query<Row>(dataDir: string, sql: string): Promise<Row[]> {
  const database = new DatabaseSync(join(await copyOf(dataDir), 'gateway-queue.db'));
  try {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the columns are named by the callers right above
    return database.prepare(sql).all() as Row[];
  } finally {
    database.close();
  }
}
