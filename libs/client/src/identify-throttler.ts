import type { AbortSignalLike } from './abort-signal.ts';
import { IdentifyClient } from './identify-client.ts';
import type { Permit, Priority } from './permit.ts';
import type { IdentifyClientOptions } from './settings.ts';
import { onReady, type ShardManager } from './shard-manager.ts';

/** The options of {@link identifyThrottler}. */
export interface IdentifyThrottlerOptions extends IdentifyClientOptions {
  /** The priority of all shards of this manager; the queue's `normal` unless given. */
  readonly priority?: Priority | undefined;
  /**
   * Whether permits are confirmed on READY; true unless given. Set it to false when a worker of your own does not forward the
   * `ready` event: otherwise every permit of the worker would expire.
   */
  readonly confirm?: boolean | undefined;
}

/** An `IIdentifyThrottler` of @discordjs/ws. */
export interface IdentifyThrottler {
  /**
   * Resolves when the shard may identify. Rejects only when the signal is aborted, with its reason: after any other rejection
   * @discordjs/ws lets the shard identify without a permit.
   */
  waitForIdentify(shardId: number, signal: AbortSignalLike): Promise<void>;
}

/**
 * Makes a `buildIdentifyThrottler` for a `WebSocketManager`, and for the `ws` option of discord.js' `Client`. One function can
 * serve any number of managers. Throws a TypeError when an option can never work.
 */
export function identifyThrottler(
  options: IdentifyThrottlerOptions,
): (manager: ShardManager) => IdentifyThrottler {
  const client = new IdentifyClient(options);
  // The first shards of a manager all build one at once. With one each, every throttler would listen to the manager.
  const throttlers = new WeakMap<ShardManager, IdentifyThrottler>();
  return (manager) => {
    let throttler = throttlers.get(manager);
    if (!throttler) {
      throttler = new QueueThrottler(client, options, manager);
      throttlers.set(manager, throttler);
    }
    return throttler;
  };
}

/**
 * The throttler of one manager. It runs in the manager's thread, also when the shards run in workers: a worker forwards its
 * requests, aborts and READY events to the manager.
 *
 * A permit ends in one of three ways:
 * - The signal is aborted before the shard has the permit. No IDENTIFY was sent, so the permit is released.
 * - The shard reports READY. The permit is confirmed.
 * - Anything else happens: the connection ends, an Invalid Session, the shard asks again, a crash. The IDENTIFY may be at
 *   Discord or on its way there. If the permit were released, the next shard could identify at once. If it were confirmed, the
 *   5 s could start before the IDENTIFY arrives. So the permit is left to expire: the queue opens the bucket after its confirm
 *   timeout and an interval.
 */
class QueueThrottler implements IdentifyThrottler {
  readonly #client: IdentifyClient;
  readonly #options: IdentifyThrottlerOptions;
  /** The unconfirmed permit that each shard got last. */
  readonly #unconfirmed = new Map<number, Permit>();

  constructor(client: IdentifyClient, options: IdentifyThrottlerOptions, manager: ShardManager) {
    this.#client = client;
    this.#options = options;
    onReady(manager, (shard) => this.#confirm(shard));
  }

  async waitForIdentify(shardId: number, signal: AbortSignalLike): Promise<void> {
    const { priority, confirm = true } = this.#options;
    const permit = await this.#client.identify({ shard: shardId, priority, confirm, signal });
    if (signal.aborted) {
      void this.#client.release(permit);
      throw signal.reason;
    }
    if (confirm) this.#unconfirmed.set(shardId, permit);
  }

  #confirm(shard: number): void {
    const permit = this.#unconfirmed.get(shard);
    if (!permit) return;
    this.#unconfirmed.delete(shard);
    void this.#client.confirm(permit);
  }
}
