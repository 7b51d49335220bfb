import { throwIfAborted, type AbortSignalLike } from './abort-signal.ts';
import { Backoff } from './backoff.ts';
import { IdentifyClient } from './identify-client.ts';
import { IdentifyError } from './identify-error.ts';
import type { Permit, Priority } from './permit.ts';
import type { IdentifyClientOptions } from './settings.ts';
import { onReady, type ShardManager } from './shard-manager.ts';
import { systemTiming } from './timing.ts';

export interface IdentifyThrottlerOptions extends IdentifyClientOptions {
  /** Of all shards of this manager; the queue's `normal` unless given. */
  readonly priority?: Priority | undefined;
  /**
   * Whether permits are confirmed on READY; true unless given. Set it to false when a worker of your own
   * does not forward the `ready` event: its permits would all run into the confirm timeout.
   */
  readonly confirm?: boolean | undefined;
  /**
   * Told when the queue says that shards can never identify: a wrong token or bot. Once per problem, and
   * again after shards could identify in between. What it throws is ignored. A process warning unless given.
   */
  readonly onError?: ((error: IdentifyError) => void) | undefined;
}

/** What @discordjs/ws calls an `IIdentifyThrottler`. */
export interface IdentifyThrottler {
  /**
   * Resolves when the shard may identify. Rejects when the signal is aborted, with its reason, and in no
   * other case: @discordjs/ws would let the shard identify all the same.
   */
  waitForIdentify(shardId: number, signal: AbortSignalLike): Promise<void>;
}

/** Between tries after a refusal that needs a person, ms. */
const REFUSED_FIRST_MS = 5000;
const REFUSED_LAST_MS = 60_000;

/**
 * Makes a `buildIdentifyThrottler` for a `WebSocketManager`, and for the `ws` option of discord.js'
 * `Client`. Throws a TypeError when an option can never work. The same function serves any number of managers.
 */
export function identifyThrottler(
  options: IdentifyThrottlerOptions,
): (manager: ShardManager) => IdentifyThrottler {
  const client = new IdentifyClient(options);
  // The first shards of a manager all ask for it at once, and each answer would listen to the manager.
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
 * The throttler of one manager. It lives in the manager's thread, also when the shards are in workers: those
 * pass their waiting, their aborts and their READY to the manager.
 *
 * What becomes of a permit:
 * - Aborted before it was handed to the shard: no IDENTIFY was sent. It is released.
 * - READY: it is confirmed.
 * - Anything else (the connection ends, Invalid Session, the shard asks again, a crash): an IDENTIFY may be
 *   at Discord, or still on its way there, and counts when it arrives. Released, the next shard could go
 *   at once; confirmed at the close, its 5 s could start before the IDENTIFY arrived. So it is left
 *   alone, and the queue opens the bucket after its confirm timeout and an interval.
 */
class QueueThrottler implements IdentifyThrottler {
  readonly #client: IdentifyClient;
  readonly #options: IdentifyThrottlerOptions;
  /** The permit that each shard was last handed, while it is not confirmed. */
  readonly #handedOut = new Map<number, Permit>();
  /** The problems that were told since a shard could last identify. */
  readonly #told = new Set<string>();

  constructor(client: IdentifyClient, options: IdentifyThrottlerOptions, manager: ShardManager) {
    this.#client = client;
    this.#options = options;
    onReady(manager, (shard) => this.#confirm(shard));
  }

  async waitForIdentify(shardId: number, signal: AbortSignalLike): Promise<void> {
    const permit = await this.#permitFor(shardId, signal);
    if (signal.aborted) {
      void this.#client.release(permit);
      throw signal.reason;
    }
    this.#told.clear();
    if (this.#options.confirm !== false) this.#handedOut.set(shardId, permit);
  }

  async #permitFor(shard: number, signal: AbortSignalLike): Promise<Permit> {
    const { priority, confirm = true, timing = systemTiming } = this.#options;
    const backoff = new Backoff(() => timing.random(), REFUSED_FIRST_MS, REFUSED_LAST_MS);
    for (;;) {
      try {
        return await this.#client.identify({ shard, priority, confirm, signal });
      } catch (error) {
        throwIfAborted(signal);
        if (error instanceof IdentifyError) this.#tell(error);
      }
      await timing.sleep(backoff.nextMs(), signal);
    }
  }

  #confirm(shard: number): void {
    const permit = this.#handedOut.get(shard);
    if (!permit) return;
    this.#handedOut.delete(shard);
    void this.#client.confirm(permit);
  }

  #tell(error: IdentifyError): void {
    const problem = `${error.status} ${error.code}`;
    if (this.#told.has(problem)) return;
    this.#told.add(problem);
    try {
      if (this.#options.onError) this.#options.onError(error);
      else process.emitWarning(error.message, 'IdentifyWarning');
    } catch {
      // A listener's mistake must not reach the shard.
    }
  }
}
