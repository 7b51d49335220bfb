import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { systemClock } from '@gateway-queue/identify-limiter';
import type { Limiter, Store } from '@gateway-queue/operator-records';
import { openRedisStore } from '@gateway-queue/store-redis';
import type { Redis } from 'ioredis';

import { monotonicNow } from '../../support/discord/index.ts';
import type { PauseSpan, Rules } from '../history.ts';
import { storeClient } from './client.ts';

/** The time between two tries of a call, ms. */
const TRY_AGAIN_MS = 100;

/** An operator who pauses bots. It is connected to Redis directly, so that no link fault concerns it. */
export class Operator {
  readonly #client: Redis;

  constructor(
    private readonly port: number,
    private readonly prefix: string,
    private readonly rules: Rules,
  ) {
    this.#client = storeClient(port);
  }

  /** Pauses, and lifts the pause after `forMs`. Each call is repeated until it succeeds. The moments are written into `span`. */
  async pauseFor(span: PauseSpan, forMs: number): Promise<void> {
    const { bot, bucket } = span;
    await this.#retry((limiter) =>
      limiter.pause({ bot, bucket, reason: 'chaos', by: 'operator', durationMs: null }),
    );
    Object.assign(span, { answeredAt: monotonicNow() });
    await sleep(forMs);
    span.liftedAt = monotonicNow();
    await this.#retry((limiter) => limiter.resume({ bot, bucket }));
    span.liftAnsweredAt = monotonicNow();
  }

  async flush(): Promise<void> {
    await this.#client.flushall();
  }

  close(): void {
    this.#client.disconnect();
  }

  async #retry(act: (limiter: Limiter) => Promise<unknown>): Promise<void> {
    for (;;) {
      try {
        const store = await this.#openStore();
        try {
          await act(store.limiter);
          return;
        } finally {
          await store.close();
        }
      } catch {
        await sleep(TRY_AGAIN_MS);
      }
    }
  }

  /** For one call: so this replica never leads. */
  #openStore(): Promise<Store> {
    const { intervalMs, marginMs, confirmTimeoutMs, placeTtlMs, reserveOf } = this.rules;
    return openRedisStore({
      url: `redis://127.0.0.1:${this.port}`,
      prefix: this.prefix,
      bots: [],
      rules: {
        intervalMs,
        marginMs,
        confirmTimeoutMs,
        reserveOf: (bot) => reserveOf[bot] ?? 0,
        crashLoop: { burst: 1000, windowMs: 1, below: 0 },
      },
      placeTtlMs,
      maxPlaces: 20_000,
      clock: systemClock('chaos'),
      replica: `operator-${randomUUID()}`,
      onProblem: () => undefined,
    });
  }
}
