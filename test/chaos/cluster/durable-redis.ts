import { stat, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { partsOf, RedisServer } from '../../support/redis-server.ts';

/** When what was written is safe: before it is answered, or up to a second later. */
export type Fsync = 'always' | 'everysec';

/** A Redis server that logs each write to its disk. */
export class DurableRedis extends RedisServer {
  /** Starts one that keeps its data in `dir`. */
  static async start(dir: string, fsync: Fsync): Promise<DurableRedis> {
    const log = ['--appendonly', 'yes', '--appendfsync', fsync];
    // One file that only grows: its end is what a crash takes away.
    const oneFile = ['--auto-aof-rewrite-percentage', '0'];
    const redis = new DurableRedis(await partsOf({ dir, args: [...log, ...oneFile] }));
    await redis.start();
    return redis;
  }

  /** As a machine that loses power, and with it all that was written in the last `ms`. */
  async killLosing(ms: number): Promise<void> {
    const log = join(this.dir, 'appendonlydir', 'appendonly.aof.1.incr.aof');
    const { size } = await stat(log);
    await sleep(ms);
    await this.kill();
    await truncate(log, size);
  }
}
