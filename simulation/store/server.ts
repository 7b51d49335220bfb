import type { Change, Clock } from '@gateway-queue/identify-limiter';
import type { Network } from '../network.ts';
import type { SimulatedProcess } from '../process.ts';
import type { SharedStore } from './shared-store.ts';

/** A call that is not answered in so many ms has failed, for all that its caller knows. */
const CALL_TIMEOUT_MS = 1000;

/** The server on which the store runs, at the far end of the network. It does one thing after the other. */
export class Server {
  /** Unreachable: whatever arrives is refused, and nothing is announced. */
  isAway = false;
  /** How long each request lies about before it is seen to, in ms. */
  slowMs = 0;
  #doneAt = 0;

  constructor(
    private readonly store: SharedStore,
    private readonly network: Network,
    private readonly clock: Clock,
  ) {}

  /**
   * A question of a process and its answer.
   *
   * @throws Error (as a rejection) when it was refused, or not answered in time: it may have had its effect
   */
  ask<T>(process: SimulatedProcess, whose: string, effect: () => Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      const cancel = process.setTimer(CALL_TIMEOUT_MS, () =>
        reject(new Error('the store did not answer in time')),
      );
      const answer = (settle: () => void): void => {
        const route = { name: `store to ${whose}`, whenDropped: 'reply dropped' as const };
        this.network.send(route, () =>
          process.deliver(() => {
            cancel();
            settle();
          }),
        );
      };
      const request = {
        name: `${whose} to store`,
        whenDropped: 'request dropped' as const,
        whenDoubled: 'request doubled' as const,
      };
      this.network.send(request, () => {
        if (this.isAway) {
          answer(() => reject(new Error('the store is away')));
          return;
        }
        this.#inTurn(() => {
          effect().then(
            (result) => answer(() => resolve(result)),
            (error: Error) => answer(() => reject(error)),
          );
        });
      });
    });
  }

  /** Has a process told of changes, as far as the network lets them through. */
  subscribe(
    process: SimulatedProcess,
    whose: string,
    listener: (change: Change) => void,
  ): () => void {
    const route = {
      name: `announcements to ${whose}`,
      whenDropped: 'announcement dropped' as const,
      whenDoubled: 'announcement doubled' as const,
    };
    return this.store.onChange((change) =>
      this.network.send(route, () => process.deliver(() => listener(change))),
    );
  }

  #inTurn(run: () => void): void {
    const now = this.clock.now();
    this.#doneAt = Math.max(now + this.slowMs, this.#doneAt);
    if (this.#doneAt <= now) run();
    else this.clock.setTimer(this.#doneAt - now, run);
  }
}
