import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** A permit as the service stored it. */
export interface PermitRow {
  readonly id: string;
  readonly shard: number;
  readonly released: boolean;
}

/** All permits in a data directory. The service must have ended. */
export function permitRows(dataDir: string): PermitRow[] {
  const database = new DatabaseSync(join(dataDir, 'gateway-queue.db'));
  try {
    return database
      .prepare('SELECT id, shard, released FROM permits')
      .all()
      .map((row) => ({
        id: String(row['id']),
        shard: Number(row['shard']),
        released: row['released'] === 1,
      }));
  } finally {
    database.close();
  }
}
