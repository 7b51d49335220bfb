import { isDeepStrictEqual } from 'node:util';
import type { Permit } from '@gateway-queue/identify-limiter';
import { type Event, promised, type Watcher } from './event.ts';

/** P8: one operation, one permit. That it is spent once shows in the budget. */
export class OnceWatcher implements Watcher {
  readonly #permits = new Map<string, Permit>();

  see(event: Event): void {
    if (event.kind === 'repeated') {
      const first = this.#permits.get(event.attempt.operation);
      promised(isDeepStrictEqual(event.answer, first), 'P8: another answer to the same operation');
    }
    if (event.kind !== 'answered' || !event.answer.granted) return;
    const { operation, bot, bucket, shard } = event.attempt;
    promised(!this.#permits.has(event.answer.id), 'P8: two permits with one id');
    const confirmWithinMs = null;
    const expected = { granted: true, id: operation, bot, bucket, shard, confirmWithinMs };
    promised(isDeepStrictEqual(event.answer, expected), 'P8: a permit for something else');
    this.#permits.set(operation, event.answer);
  }
}
