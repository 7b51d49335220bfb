import { throwIfAborted, type AbortSignalLike } from './abort-signal.ts';
import { Backoff } from './backoff.ts';
import { IdentifyClient } from './identify-client.ts';
import { IdentifyError } from './identify-error.ts';
import type { Permit, Priority } from './permit.ts';
import type { IdentifyClientOptions } from './settings.ts';
import { onReady, type ShardManager } from './shard-manager.ts';
import { systemTiming } from './timing.ts';

/** The options of {@link identifyThrottler}. */
export interface IdentifyThrottlerOptions extends IdentifyClientOptions {
  /** The priority of all shards of this manager; the queue's `normal` unless given. */
  readonly priority?: Priority | undefined;
  /**
   * Whether permits are confirmed on READY; true unless given. Set it to false when a worker of your own does not forward the
   * `ready` event: otherwise every permit of the worker would expire.
   */
  readonly confirm?: boolean | undefined;
  /**
   * Called when the queue says that shards can never identify, because the token or the bot is wrong. It is called once per
   * problem, and again after a shard could identify. What it throws is ignored. Without it, a process warning is emitted.
   */
  readonly onError?: ((error: IdentifyError) => void) | undefined;
}

/** An `IIdentifyThrottler` of @discordjs/ws. */
export interface IdentifyThrottler {
  /**
   * Resolves when the shard may identify. Rejects only when the signal is aborted, with its reason: after any other rejection
   * @discordjs/ws lets the shard identify without a permit.
   */
  waitForIdentify(shardId: number, signal: AbortSignalLike): Promise<void>;
}

/** The shortest and the longest wait after a refusal that needs a person, in ms. */
const REFUSED_FIRST_MS = 5000;
const REFUSED_LAST_MS = 60_000;

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
  /** The problems that were reported since a shard could last identify. */
  readonly #reported = new Set<string>();

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
    this.#reported.clear();
    if (this.#options.confirm !== false) this.#unconfirmed.set(shardId, permit);
  }

  async #permitFor(shard: number, signal: AbortSignalLike): Promise<Permit> {
    const { priority, confirm = true, timing = systemTiming } = this.#options;
    const backoff = new Backoff(() => timing.random(), REFUSED_FIRST_MS, REFUSED_LAST_MS);
    for (;;) {
      try {
        return await this.#client.identify({ shard, priority, confirm, signal });
      } catch (error) {
        throwIfAborted(signal);
        if (error instanceof IdentifyError) this.#report(error);
      }
      await timing.sleep(backoff.nextMs(), signal);
    }
  }

  #confirm(shard: number): void {
    const permit = this.#unconfirmed.get(shard);
    if (!permit) return;
    this.#unconfirmed.delete(shard);
    void this.#client.confirm(permit);
  }

  #report(error: IdentifyError): void {
    const problem = `${error.status} ${error.code}`;
    if (this.#reported.has(problem)) return;
    this.#reported.add(problem);
    try {
      if (this.#options.onError) this.#options.onError(error);
      else process.emitWarning(error.message, 'IdentifyWarning');
    } catch {
      // An error in the callback must not reach the shard.
    }
  }
}
