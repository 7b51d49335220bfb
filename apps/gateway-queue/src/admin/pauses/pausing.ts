import { Inject, Injectable } from '@nestjs/common';
import type { PauseScope } from '@gateway-queue/identify-limiter';
import type { ActingOperator } from '../../auth/identity.ts';
import { CLOCK, type Clock, LIMITER, type Limiter } from '../../store/store.tokens.ts';
import { LimiterAnswers } from '../../store/store-answers.ts';
import { LiveState } from '../../live/live-state.ts';
import { makePauses, scopeKey } from '../../live/snapshot/make-pauses.ts';
import { Changes } from '../changes.ts';
import { unknownResource } from '../http/unknown-resource.ts';
import type { ScopedPauseBody } from './listed-pause.body.ts';
import type { PauseOrderBody } from './pause-order.body.ts';

/** Pauses, of bots and of their buckets. */
@Injectable()
export class Pausing {
  constructor(
    @Inject(LIMITER) private readonly limiter: Limiter,
    @Inject(LimiterAnswers) private readonly answers: LimiterAnswers,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(Changes) private readonly changes: Changes,
    @Inject(LiveState) private readonly live: LiveState,
  ) {}

  /** Those of a bot that hold, the whole bot's first, then by bucket. */
  async all(bot: string): Promise<ScopedPauseBody[]> {
    const looking = Promise.all([this.limiter.pauses(bot), this.limiter.limits(bot)]);
    const [pauses, limits] = await this.answers.of(looking);
    const bodies = makePauses(
      pauses,
      limits?.maxConcurrency,
      this.clock.wallNow(),
      // The same moments as there, to the millisecond.
      this.live.current?.bots[bot]?.pauses ?? {},
    );
    return pauses.flatMap(({ bucket }) => {
      const body = bodies[scopeKey(bucket)];
      return body === undefined
        ? []
        : [Object.assign({ bot, ...(bucket !== null && { bucket }) }, body)];
    });
  }

  /**
   * The pause of exactly this scope.
   *
   * @throws Problem (as a rejection) when there is none
   */
  async one({ bot, bucket }: PauseScope): Promise<ScopedPauseBody> {
    const pauses = await this.all(bot);
    const found = pauses.find((pause) => (pause.bucket ?? null) === bucket);
    if (found === undefined) throw noSuchPause();
    return found;
  }

  /** From the answer on nothing is permitted in the scope. */
  async put(
    scope: PauseScope,
    { durationMs, reason }: PauseOrderBody,
    operator: ActingOperator,
  ): Promise<ScopedPauseBody> {
    const change = { ...scope, reason, details: { durationMs: durationMs ?? null } };
    const order = { ...scope, reason, by: operator.name, durationMs: durationMs ?? null };
    return this.changes.carryOut(operator, 'pause', change, async () => {
      await this.answers.of(this.limiter.pause(order));
      return this.one(scope);
    });
  }

  /** Does nothing, and writes nothing down, when there is none. */
  async lift(
    scope: PauseScope,
    reason: string | undefined,
    operator: ActingOperator,
  ): Promise<void> {
    const pauses = await this.answers.of(this.limiter.pauses(scope.bot));
    if (!pauses.some(({ bucket }) => bucket === scope.bucket)) return;
    const change = { ...scope, reason: reason ?? null };
    await this.changes.carryOut(operator, 'resume', change, () =>
      this.answers.of(this.limiter.resume(scope)),
    );
  }
}

export function noSuchPause() {
  return unknownResource('There is no pause of exactly this scope. /api/v1/pauses lists them.');
}
