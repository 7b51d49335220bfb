import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { systemClock } from '@gateway-queue/identify-limiter';
import { RedisLimiter } from '@gateway-queue/store-redis';
import type { Redis } from 'ioredis';

import { monotonicNow } from '../../support/discord/index.ts';
import type { PauseSpan, Rules } from '../history.ts';
import { storeClient } from './client.ts';

/** Between two tries of what failed. */
const TRY_AGAIN_MS = 100;

/** Somebody who pauses bots, on a good line to Redis. */
export class Operator {
  readonly #client: Redis;

  constructor(
    port: number,
    private readonly prefix: string,
    private readonly rules: Rules,
  ) {
    this.#client = storeClient(port);
  }

  /** Both halves are repeated until they succeed, unless the store is emptied meanwhile. */
  async pauseFor(span: PauseSpan, forMs: number): Promise<void> {
    const { bot, bucket } = span;
    await this.#untilDone((limiter) =>
      limiter.pause({ bot, bucket, reason: 'chaos', by: 'operator', durationMs: null }),
    );
    Object.assign(span, { answeredAt: monotonicNow() });
    await sleep(forMs);
    span.liftedAt = monotonicNow();
    await this.#untilDone((limiter) => limiter.resume({ bot, bucket }));
    span.liftAnsweredAt = monotonicNow();
  }

  async flush(): Promise<void> {
    await this.#client.flushall();
  }

  close(): void {
    this.#client.disconnect();
  }

  async #untilDone(act: (limiter: RedisLimiter) => Promise<unknown>): Promise<void> {
    for (;;) {
      const limiter = this.#limiter();
      try {
        await act(limiter);
        await limiter.close();
        return;
      } catch {
        await limiter.close().catch(() => undefined);
        await sleep(TRY_AGAIN_MS);
      }
    }
  }

  /** A replica that is there for one call, so that it never leads. */
  #limiter(): RedisLimiter {
    const { intervalMs, marginMs, confirmTimeoutMs, placeTtlMs, reserveOf } = this.rules;
    return new RedisLimiter({
      server: {
        connection: 0,
        run: (script, keys, args) => this.#client.eval(script.text, keys.length, ...keys, ...args),
        onChange: () => () => undefined,
        onMissed: () => () => undefined,
      },
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
    });
  }
}
