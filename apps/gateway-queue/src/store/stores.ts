import { Logger } from '@nestjs/common';
import type { Store, StoreOptions } from '@gateway-queue/operator-records';
import { openRedisStore, RedisStartError, RedisUrlError } from '@gateway-queue/store-redis';
import { DataDirError, openSqliteStore } from '@gateway-queue/store-sqlite';
import type { Settings } from '../settings/settings.ts';

/** In place of a directory in `DATA_DIR`: nothing outlives the process. */
export { IN_MEMORY } from '@gateway-queue/store-sqlite';

/** A kind of store that the service can be run with. */
interface StoreKind {
  /** Opens the store. Returns undefined when the settings do not ask for it. */
  readonly open: (settings: Settings, options: StoreOptions) => Promise<Store> | undefined;
  /** Errors that say in words, for operators, why the store cannot be opened. */
  readonly refusals: readonly (abstract new (...args: never[]) => Error)[];
}

/** Shared by all replicas with this `REDIS_URL` and `REDIS_PREFIX`. A server that cannot be reached is waited for. */
const REDIS: StoreKind = {
  open({ redisUrl, redisPrefix, bots }, options) {
    const logger = new Logger('Redis');
    return (
      redisUrl &&
      openRedisStore({
        ...options,
        url: redisUrl.reveal(),
        prefix: redisPrefix,
        bots: bots.map(({ id }) => id),
        onProblem: ({ message }) => logger.error(message),
      })
    );
  },
  refusals: [RedisUrlError, RedisStartError],
};

/** What a process that stands alone keeps in `DATA_DIR`. */
const SQLITE: StoreKind = {
  open: async ({ dataDir }, options) => openSqliteStore({ ...options, dataDir }),
  refusals: [DataDirError],
};

/** All kinds, in the order in which the settings are asked for them. A new store needs one entry here. */
const KINDS = [REDIS, SQLITE];

/** Errors of stores whose messages are made for operators. */
export const STORE_REFUSALS = KINDS.flatMap(({ refusals }) => refusals);

/**
 * Opens the store that the settings ask for.
 *
 * @throws one of {@link STORE_REFUSALS} (as a rejection)
 */
export async function openStore(settings: Settings, options: StoreOptions): Promise<Store> {
  for (const { open } of KINDS) {
    const store = open(settings, options);
    if (store !== undefined) return store;
  }
  throw new Error('The settings ask for no store');
}
