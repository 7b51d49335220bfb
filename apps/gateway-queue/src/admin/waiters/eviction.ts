import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, type Clock, LIMITER, type Limiter } from '../../store/store.tokens.ts';

/** Time between two checks whether the waiter has gone, in ms. */
const CHECK_MS = 100;

/** After so many checks the eviction has failed. Each check tells the replica again, since an announcement can be lost. */
const MAX_CHECKS = 20;

/** Ends the wait of a request, at whichever replica it is held. */
@Injectable()
export class Eviction {
  constructor(
    @Inject(LIMITER) private readonly limiter: Pick<Limiter, 'evict'>,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Resolves to whether the waiter has gone; to false when its replica has not ended the request within 2 s. */
  async carryOut(bot: string, waiter: string): Promise<boolean> {
    for (let checks = 0; checks < MAX_CHECKS; checks += 1) {
      if (!(await this.limiter.evict(bot, waiter))) return true;
      await this.#pause();
    }
    return false;
  }

  #pause(): Promise<void> {
    return new Promise((resolve) => {
      this.clock.setTimer(CHECK_MS, resolve);
    });
  }
}
