import { isDeepStrictEqual } from 'node:util';
import type { Permit } from '@gateway-queue/identify-limiter';
import type { LimiterHarness } from '../harness.ts';
import { type Event, promised, type Watcher } from './event.ts';
import type { Uses } from './uses.ts';

/** P8: one operation, one permit. That it is spent once shows in the budget. */
export class OnceWatcher implements Watcher {
  readonly #permits = new Map<string, Permit>();

  constructor(
    private readonly harness: Pick<LimiterHarness, 'rules'>,
    private readonly uses: Uses,
  ) {}

  see(event: Event): void {
    if (event.kind === 'repeated') this.#compare(event);
    if (event.kind !== 'answered' || !event.answer.granted) return;
    const { operation, bot, bucket, shard, confirm } = event.attempt;
    promised(!this.#permits.has(event.answer.id), 'P8: two permits with one id');
    const confirmWithinMs = confirm ? this.harness.rules.confirmTimeoutMs : null;
    const expected = { granted: true, id: operation, bot, bucket, shard, confirmWithinMs };
    promised(isDeepStrictEqual(event.answer, expected), 'P8: a permit for something else');
    this.#permits.set(operation, event.answer);
  }

  /** It is the same permit, and only what is left of the time for its confirm may differ. */
  #compare({ at, attempt, answer }: Event & { kind: 'repeated' }): void {
    const first = this.#permits.get(attempt.operation);
    const confirmWithinMs = answer.granted ? answer.confirmWithinMs : null;
    const same = first && { ...first, confirmWithinMs };
    promised(isDeepStrictEqual(answer, same), 'P8: another answer to the same operation');
    const { confirmBy } = this.uses.of(attempt.operation);
    promised((confirmWithinMs === null) === (confirmBy === undefined), 'P8: confirmed or not');
    if (confirmWithinMs === null || confirmBy === undefined) return;
    const least = Math.max(confirmBy.earliest - at, 0);
    const most = Math.max(confirmBy.latest - at, 0);
    promised(
      confirmWithinMs >= least && confirmWithinMs <= most,
      `P8: ${confirmWithinMs} ms left for the confirm, and not from ${least} to ${most}`,
    );
  }
}
