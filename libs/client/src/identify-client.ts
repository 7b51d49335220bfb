import { throwIfAborted, type AbortSignalLike } from './abort-signal.ts';
import { exchange, type Answer } from './exchange.ts';
import { failureFrom, failureIn, type Failure } from './failure.ts';
import { readPermit, type Permit, type Priority } from './permit.ts';
import { RetryWaits } from './retry-waits.ts';
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

/** Asks a gateway-queue for permits, and repeats each request until it succeeds. */
export class IdentifyClient {
  readonly #settings: Settings;

  /** Throws a TypeError when an option can never work. */
  constructor(options: IdentifyClientOptions) {
    this.#settings = readSettings(options);
  }

  /**
   * Waits until the shard may identify. Only the permit or the signal ends the wait: after anything else the client reports
   * (`onRetry`), waits and asks again.
   * - The queue is full, or the request was held for `maxWaitMs`: as soon as the queue says, within 30 s, which keeps the place.
   * - The queue cannot be reached, or a server answers 5xx: after waits that grow to 5 s.
   * - The request is refused (400, 401), or another answer is no permit: after waits that grow to a minute. The request succeeds
   *   once the token, the bot or the address is right.
   *
   * Rejects only when the signal is aborted, at once and with its reason. A permit that arrives after the abort is released.
   */
  async identify(request: IdentifyRequest): Promise<Permit> {
    const { timing, maxWaitMs, reporter } = this.#settings;
    const { shard, signal } = request;
    const waits = new RetryWaits(() => timing.random(), maxWaitMs);
    for (;;) {
      throwIfAborted(signal);
      const askedAt = timing.now();
      let failure: Failure;
      try {
        const answer = await this.#ask(request);
        const permit = this.#permitIn(answer, shard);
        if (permit && signal?.aborted) void this.release(permit);
        throwIfAborted(signal);
        if (permit) {
          reporter.onPermit();
          return permit;
        }
        failure = failureIn(answer);
      } catch (error) {
        throwIfAborted(signal);
        failure = failureFrom(error);
      }
      const waitMs = waits.nextMs(failure, timing.now() - askedAt);
      const { reason, status, code } = failure;
      const retry = { action: 'identify', shard, reason, status, code, waitMs } as const;
      reporter.report(retry, failure.isRefusal || waits.troubleLasts);
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
}
