import { throwIfAborted, type AbortSignalLike } from './abort-signal.ts';
import { Backoff } from './backoff.ts';
import { exchange, type Answer } from './exchange.ts';
import { IdentifyError, readRefusal } from './identify-error.ts';
import { readPermit, type Permit, type Priority } from './permit.ts';
import { reasonOf } from './reason.ts';
import { retryAfterMs } from './retry-after.ts';
import { readSettings, type IdentifyClientOptions, type Settings } from './settings.ts';
import { settlePermit } from './settle-permit.ts';

export interface IdentifyRequest {
  readonly shard: number;
  /** `high` goes before `normal` in the shard's bucket; the queue's `normal` unless given. */
  readonly priority?: Priority | undefined;
  /** True keeps the bucket closed until the permit is confirmed, released or expired. */
  readonly confirm?: boolean | undefined;
  /** Leaves the line. The promise rejects with its reason at once, whatever is going on. */
  readonly signal?: AbortSignalLike | undefined;
}

/** How much longer than `maxWaitMs` a request may take before it counts as hung, ms. */
const GRACE_MS = 5000;
/**
 * The longest wait before asking again, ms. The queue keeps a place for 90 s (`PLACE_TTL_MS`) and may say
 * to come back in hours, when the budget is spent.
 */
const MAX_WAIT_MS = 30_000;
/** A request that ended after at least this long was held: asking again at once overruns nobody. Ms. */
const HELD_MS = 1000;
/** Spreads shards that were told to come back at the same time, ms. */
const JITTER_MS = 100;

/** Asks a gateway-queue for permits, for as long as it takes. */
export class IdentifyClient {
  readonly #settings: Settings;

  /** Throws a TypeError when an option can never work. */
  constructor(options: IdentifyClientOptions) {
    this.#settings = readSettings(options);
  }

  /**
   * Waits until the shard may identify. The queue may be full, restarting, away or behind a proxy that cuts
   * or answers nonsense: it asks again, and keeps the shard's place by asking soon.
   *
   * Rejects in two cases alone: the signal is aborted (with its reason), or the queue says that this
   * request can never succeed ({@link IdentifyError}). A permit that arrives after the abort is released.
   */
  async identify(request: IdentifyRequest): Promise<Permit> {
    const { timing } = this.#settings;
    const { shard, signal } = request;
    const backoff = new Backoff(() => timing.random());
    for (;;) {
      throwIfAborted(signal);
      const askedAt = timing.now();
      let reason: string;
      let saidMs: number | undefined;
      try {
        const answer = await this.#ask(request);
        const permit = this.#permitIn(answer, shard);
        if (permit && signal?.aborted) void this.release(permit);
        throwIfAborted(signal);
        if (permit) return permit;
        const refusal = readRefusal(answer);
        if (refusal) throw refusal;
        reason = `the queue answered ${answer.status}${answer.status === 200 ? ' without a permit' : ''}`;
        if (answer.status === 429 || answer.status === 503) saidMs = retryAfterMs(answer.headers);
      } catch (error) {
        throwIfAborted(signal);
        if (error instanceof IdentifyError) throw error;
        reason = reasonOf(error);
      }
      const heldMs = timing.now() - askedAt;
      const waitMs = this.#waitMs(backoff, saidMs, heldMs);
      this.#settings.tellRetry({ action: 'identify', shard, reason, waitMs });
      await timing.sleep(waitMs, signal);
    }
  }

  /**
   * Says that the IDENTIFY was accepted (READY was seen): the bucket opens one plain interval from now. Can
   * be said twice. False when it is too late, because the permit no longer keeps its bucket closed, when it
   * was released, or when the queue could not be reached for as long as it matters. Never rejects.
   */
  confirm(permit: Permit): Promise<boolean> {
    return settlePermit(this.#settings, 'confirm', permit);
  }

  /**
   * Gives a permit back that was not used: its bucket and the budget get it back. Only when no IDENTIFY was
   * sent with it. Can be said twice. False when it was confirmed, when it was given more than an hour ago, or
   * when the queue could not be reached. Never rejects.
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
   * As long as the queue said, or the next step of the backoff when it said nothing. Quick refusals are
   * backed off whatever they say, for a proxy may say 0 for ever.
   */
  #waitMs(backoff: Backoff, saidMs: number | undefined, heldMs: number): number {
    const wasHeld = heldMs >= Math.min(HELD_MS, this.#settings.maxWaitMs);
    if (wasHeld) backoff.reset();
    const leastMs = wasHeld && saidMs !== undefined ? 0 : backoff.nextMs();
    // Those who were held are in an order already, and one that comes back late may miss its turn.
    const inOrder = wasHeld || saidMs === undefined;
    const jitterMs = inOrder ? 0 : JITTER_MS * this.#settings.timing.random();
    return Math.min(MAX_WAIT_MS, Math.max(saidMs ?? 0, leastMs) + jitterMs);
  }
}
