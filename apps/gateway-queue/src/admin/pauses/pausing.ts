import { Inject, Injectable } from '@nestjs/common';
import type { Pause, PauseScope } from '@gateway-queue/identify-limiter';
import type { ActingOperator } from '../../auth/identity.ts';
import { LIMITER, type Limiter } from '../../store/store.tokens.ts';
import { makePause } from '../../live/snapshot/make-pauses.ts';
import { Changes } from '../changes.ts';
import { unknownResource } from '../http/unknown-resource.ts';
import type { ScopedPauseBody } from './listed-pause.body.ts';
import type { PauseOrderBody } from './pause-order.body.ts';
import { StoreAnswers } from '../../store/store-answers.ts';

/** Reads, puts and lifts the pauses of bots and of their buckets. */
@Injectable()
export class Pausing {
  constructor(
    @Inject(LIMITER) private readonly limiter: Limiter,
    @Inject(StoreAnswers) private readonly answers: StoreAnswers,
    @Inject(Changes) private readonly changes: Changes,
  ) {}

  /** The pauses of a bot that hold, the whole bot's first, then by bucket. */
  async all(bot: string): Promise<ScopedPauseBody[]> {
    const { limits, pauses } = await this.answers.fromLimiter(this.limiter.view(bot));
    return pauses.map((pause) => toScoped(pause, limits?.maxConcurrency));
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

  /** From the answer on no permit is given in the scope. */
  async put(
    scope: PauseScope,
    { durationMs, reason }: PauseOrderBody,
    operator: ActingOperator,
  ): Promise<ScopedPauseBody> {
    const change = { ...scope, reason, details: { durationMs: durationMs ?? null } };
    const order = { ...scope, reason, by: operator.name, durationMs: durationMs ?? null };
    return this.changes.carryOut(operator, 'pause', change, async () => {
      const putting = Promise.all([this.limiter.pause(order), this.limiter.limits(scope.bot)]);
      const [pause, limits] = await this.answers.fromLimiter(putting);
      return toScoped(pause, limits?.maxConcurrency);
    });
  }

  /** Does nothing, and writes nothing to the audit log, when there is no such pause. */
  async lift(
    scope: PauseScope,
    reason: string | undefined,
    operator: ActingOperator,
  ): Promise<void> {
    const { pauses } = await this.answers.fromLimiter(this.limiter.view(scope.bot));
    if (!pauses.some(({ bucket }) => bucket === scope.bucket)) return;
    const change = { ...scope, reason: reason ?? null };
    await this.changes.carryOut(operator, 'resume', change, () =>
      this.answers.fromLimiter(this.limiter.resume(scope)),
    );
  }
}

function toScoped(pause: Pause, maxConcurrency: number | undefined): ScopedPauseBody {
  const { bot, bucket } = pause;
  const scope = { bot, ...(bucket !== null && { bucket }) };
  return Object.assign(scope, makePause(pause, maxConcurrency));
}

export function noSuchPause() {
  return unknownResource('There is no pause of exactly this scope. /api/v1/pauses lists them.');
}
