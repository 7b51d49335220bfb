import { throwIfAborted, type AbortSignalLike } from './abort-signal.ts';
import { Backoff } from './backoff.ts';
import { exchange, type Answer } from './exchange.ts';
import { IdentifyError, readRefusal } from './identify-error.ts';
import { readPermit, type Permit, type Priority } from './permit.ts';
import { reasonOf } from './reason.ts';
import { retryAfterMs } from './retry-after.ts';
import { readSettings, type IdentifyClientOptions, type Settings } from './settings.ts';
import { settlePermit } from './settle-permit.ts';

/** A request for a permit. */
export interface IdentifyRequest {
  readonly shard: number;
  /** `high` goes before `normal` in the shard's bucket; the queue's `normal` unless given. */
  readonly priority?: Priority | undefined;
  /** True keeps the bucket closed until the permit is confirmed, released or expired. */
  readonly confirm?: boolean | undefined;
  /** Makes the shard leave the line when it is aborted. The promise then rejects at once, with the signal's reason. */
  readonly signal?: AbortSignalLike | undefined;
}

/** How much longer than `maxWaitMs` a request may take, in ms, before the client gives it up. */
const GRACE_MS = 5000;
/**
 * The longest wait before the client asks again, in ms. The queue keeps a place for 90 s (`PLACE_TTL_MS`), but may tell the
 * shard to ask again in hours, when the budget is spent.
 */
const MAX_WAIT_MS = 30_000;
/** A request that took at least this many ms was held, so the client may ask again at once without overrunning the queue. */
const HELD_MS = 1000;
/** The most ms that are added at random, so that shards do not all ask again at the same time. */
const JITTER_MS = 100;

/** Asks a gateway-queue for permits, and repeats each request until it succeeds. */
export class IdentifyClient {
  readonly #settings: Settings;

  /** Throws a TypeError when an option can never work. */
  constructor(options: IdentifyClientOptions) {
    this.#settings = readSettings(options);
  }

  /**
   * Waits until the shard may identify. When the queue is full, restarts or cannot be reached, or a proxy cuts the request or
   * answers it, the client asks again, soon enough to keep the shard's place.
   *
   * Rejects only when the signal is aborted (with its reason), or when the queue says that this request can never succeed
   * ({@link IdentifyError}). A permit that arrives after the abort is released.
   */
  async identify(request: IdentifyRequest): Promise<Permit> {
    const { timing } = this.#settings;
    const { shard, signal } = request;
    const backoff = new Backoff(() => timing.random());
    for (;;) {
      throwIfAborted(signal);
      const askedAt = timing.now();
      let reason: string;
      let queueMs: number | undefined;
      try {
        const answer = await this.#ask(request);
        const permit = this.#permitIn(answer, shard);
        if (permit && signal?.aborted) void this.release(permit);
        throwIfAborted(signal);
        if (permit) return permit;
        const refusal = readRefusal(answer);
        if (refusal) throw refusal;
        reason = `the queue answered ${answer.status}${answer.status === 200 ? ' without a permit' : ''}`;
        if (answer.status === 429 || answer.status === 503) queueMs = retryAfterMs(answer.headers);
      } catch (error) {
        throwIfAborted(signal);
        if (error instanceof IdentifyError) throw error;
        reason = reasonOf(error);
      }
      const heldMs = timing.now() - askedAt;
      const waitMs = this.#waitMs(backoff, queueMs, heldMs);
      this.#settings.reportRetry({ action: 'identify', shard, reason, waitMs });
      await timing.sleep(waitMs, signal);
    }
  }

  /**
   * Tells the queue that the IDENTIFY was accepted (READY was seen): the bucket opens one plain interval from now. May be
   * called twice. Resolves to false when the permit no longer keeps its bucket closed, when it was released, or when the queue
   * could not be reached in time. Never rejects.
   */
  confirm(permit: Permit): Promise<boolean> {
    return settlePermit(this.#settings, 'confirm', permit);
  }

  /**
   * Releases a permit that was not used: its bucket opens, and the budget has the session start again. To be called only when
   * no IDENTIFY was sent with it. May be called twice. Resolves to false when the permit was confirmed or was given more than an
   * hour ago, or when the queue could not be reached. Never rejects.
   */
  release(permit: Permit): Promise<boolean> {
    return settlePermit(this.#settings, 'release', permit);
  }

  #ask({ shard, priority, confirm, signal }: IdentifyRequest): Promise<Answer> {
    const { bot, maxWaitMs } = this.#settings;
    const query = new URLSearchParams({ shard: String(shard) });
    if (bot !== undefined) query.set('bot', bot);
    if (priority !== undefined) query.set('priority', priority);
    if (confirm !== undefined) query.set('confirm', String(confirm));
    query.set('maxWaitMs', String(maxWaitMs));
    return exchange(this.#settings, {
      method: 'POST',
      path: `/v1/identify?${query.toString()}`,
      limitMs: maxWaitMs + GRACE_MS,
      signal,
      onLateAnswer: (answer) => {
        const permit = this.#permitIn(answer, shard);
        if (permit) void this.release(permit);
      },
    });
  }

  #permitIn({ status, text }: Answer, shard: number): Permit | undefined {
    return status === 200 ? readPermit(text, { shard, bot: this.#settings.bot }) : undefined;
  }

  /**
   * How long to wait before asking again: as long as the queue said, or the next step of the backoff when it said nothing.
   * After a quick refusal the backoff is the least wait, whatever the answer said: a proxy may say 0 every time.
   */
  #waitMs(backoff: Backoff, queueMs: number | undefined, heldMs: number): number {
    const wasHeld = heldMs >= Math.min(HELD_MS, this.#settings.maxWaitMs);
    if (wasHeld) backoff.reset();
    const minMs = wasHeld && queueMs !== undefined ? 0 : backoff.nextMs();
    // Shards that were held have places in line already, and a late one may miss its turn.
    const inOrder = wasHeld || queueMs === undefined;
    const jitterMs = inOrder ? 0 : JITTER_MS * this.#settings.timing.random();
    return Math.min(MAX_WAIT_MS, Math.max(queueMs ?? 0, minMs) + jitterMs);
  }
}
