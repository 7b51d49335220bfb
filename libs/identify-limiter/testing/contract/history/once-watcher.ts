import { isDeepStrictEqual } from 'node:util';
import type { Denial, Permit } from '@gateway-queue/identify-limiter';
import { type Event, promised, type Watcher } from './event.ts';

/** P8: one operation, one permit. That it is spent once shows in the budget. */
export class OnceWatcher implements Watcher {
  readonly #permits = new Map<string, { readonly permit: Permit; readonly at: number }>();

  constructor(private readonly confirmTimeoutMs: number) {}

  see(event: Event): void {
    if (event.kind === 'repeated') {
      const again = this.#again(event.attempt.operation, event.at);
      promised(isDeepStrictEqual(event.answer, again), 'P8: another answer to the same operation');
    }
    if (event.kind !== 'answered' || !event.answer.granted) return;
    const { operation, bot, bucket, shard, confirm } = event.attempt;
    promised(!this.#permits.has(event.answer.id), 'P8: two permits with one id');
    const confirmWithinMs = confirm ? this.confirmTimeoutMs : null;
    const expected = { granted: true, id: operation, bot, bucket, shard, confirmWithinMs };
    promised(isDeepStrictEqual(event.answer, expected), 'P8: a permit for something else');
    this.#permits.set(operation, { permit: event.answer, at: event.at });
  }

  /** The same permit, of whose time for the confirm some is gone. */
  #again(operation: string, now: number): Permit | Denial | undefined {
    const first = this.#permits.get(operation);
    if (first === undefined || first.permit.confirmWithinMs === null) return first?.permit;
    const leftMs = first.permit.confirmWithinMs - (now - first.at);
    return { ...first.permit, confirmWithinMs: Math.max(leftMs, 0) };
  }
}
