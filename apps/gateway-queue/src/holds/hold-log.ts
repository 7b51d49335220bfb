import type { Logger } from '@nestjs/common';
import type { Clock } from '@gateway-queue/identify-limiter';
import { LogThrottle } from '../logs/log-throttle.ts';
import { type Hold, nameOf } from './hold.ts';
import { textOf, textOfEnd, textOfHold } from './hold-texts.ts';

/** A hold that is over sooner, in ms, is not worth a line: limits are learned within moments of a start. */
const MIN_HOLD_MS = 2000;

/** Least time between two lines about a hold that lasts, in ms. */
const REPEAT_MS = 10 * 60 * 1000;

interface Observed {
  readonly hold: Hold;
  /** When the hold was observed first, on the clock's line. */
  readonly observedAt: number;
}

/** Logs each hold once it has lasted for a while, again every ten minutes while it lasts, and once when it is over. */
export class HoldLog {
  readonly #throttle: LogThrottle;
  /** By the name of the hold. */
  #observed: ReadonlyMap<string, Observed> = new Map();

  constructor(
    private readonly clock: Pick<Clock, 'now'>,
    private readonly logger: Pick<Logger, 'log' | 'warn'>,
  ) {
    this.#throttle = new LogThrottle(clock, REPEAT_MS);
  }

  /** @param holds all that hold now */
  update(holds: readonly Hold[]): void {
    const before = this.#observed;
    const now = this.clock.now();
    this.#observed = new Map(
      holds.map((hold) => {
        const name = nameOf(hold);
        return [name, { hold, observedAt: before.get(name)?.observedAt ?? now }];
      }),
    );
    for (const [name, { hold }] of before) this.#endUnlessIn(name, hold);
    for (const [name, { hold, observedAt }] of this.#observed) {
      if (now - observedAt >= MIN_HOLD_MS && this.#throttle.isDue(name)) this.#warn(hold);
    }
  }

  #endUnlessIn(name: string, hold: Hold): void {
    const next = this.#observed.get(name)?.hold;
    if (next?.since === hold.since) return;
    const wasLogged = this.#throttle.end(name);
    // A pause that replaces another one has a line of its own, and the scope is still paused.
    if (next === undefined && wasLogged) this.logger.log(membersOf(hold), textOfEnd(hold));
  }

  #warn(hold: Hold): void {
    this.logger.warn(membersOf(hold), textOfHold(hold));
  }
}

function membersOf({ bot, bucket, reason, since, until, waiting }: Hold): object {
  return {
    bot,
    reason,
    ...(bucket !== null && { bucket }),
    waiting,
    since: textOf(since),
    ...(until !== null && { until: textOf(until) }),
  };
}
