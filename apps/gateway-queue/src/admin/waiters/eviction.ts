import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, type Clock, LIMITER, type Limiter } from '../../store/store.tokens.ts';

/** How often it is looked whether the waiter has gone, in ms. */
const LOOK_MS = 100;

/** So often it is looked before its replica is taken for deaf. It is told anew each time: what it was told can be lost. */
const MAX_LOOKS = 20;

/** Ends waits, at whichever replica. */
@Injectable()
export class Eviction {
  constructor(
    @Inject(LIMITER) private readonly limiter: Pick<Limiter, 'evict'>,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Resolves to whether the waiter has gone; false after 2 s in which its replica did not do it. */
  async carryOut(bot: string, waiter: string): Promise<boolean> {
    for (let looks = 0; looks < MAX_LOOKS; looks += 1) {
      if (!(await this.limiter.evict(bot, waiter))) return true;
      await this.#pause();
    }
    return false;
  }

  #pause(): Promise<void> {
    return new Promise((resolve) => {
      this.clock.setTimer(LOOK_MS, resolve);
    });
  }
}
