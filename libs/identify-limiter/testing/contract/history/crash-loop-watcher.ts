import type { Limits, CrashLoopRule } from '@gateway-queue/identify-limiter';
import { type Event, promised, type Watcher } from './event.ts';

interface Given {
  readonly id: string;
  readonly at: number;
}

/** P3: counts every shard's permits, and looks at what was last said to remain. */
export class CrashLoopWatcher implements Watcher {
  /** By bot and shard, in the order in which they came. */
  readonly #given = new Map<string, Given[]>();
  readonly #limits = new Map<string, Limits>();

  constructor(private readonly rule: CrashLoopRule) {}

  see(event: Event): void {
    // Read after every step, and so at the moment of the next one.
    if (event.kind === 'read' && event.limits !== undefined) {
      this.#limits.set(event.bot, event.limits);
    }
    if (event.kind === 'released' && event.done) {
      const { bot, id, shard } = event.permit;
      const key = keyOf(bot, shard);
      this.#given.set(
        key,
        this.#of(key).filter((given) => given.id !== id),
      );
    }
    if (event.kind === 'answered') this.#judge(event);
  }

  #judge({ at, attempt, answer }: Event & { kind: 'answered' }): void {
    const { bot, shard } = attempt;
    const until = shard === null ? undefined : this.#throttledUntil(bot, shard, at);
    if (answer.granted) {
      promised(until === undefined, `P3: a permit in spite of the throttling until ${until}`);
      const key = keyOf(bot, shard);
      this.#given.set(key, [...this.#of(key), { id: answer.id, at }]);
    } else if (answer.reason === 'crash-loop') {
      promised(until !== undefined, 'P3: throttled without a crash loop');
      promised(until === at + (answer.retryInMs ?? Number.NaN), `P3: not throttled until ${until}`);
    } else if (answer.reason === 'interval' || answer.reason === 'line') {
      promised(until === undefined, `P3: not told of the throttling until ${until}`);
    }
  }

  #throttledUntil(bot: string, shard: number, now: number): number | undefined {
    const limits = this.#limits.get(bot);
    if (limits === undefined || limits.remaining > limits.total * this.rule.below) return undefined;
    const oldest = this.#of(keyOf(bot, shard)).at(-this.rule.burst);
    const until = oldest && oldest.at + this.rule.windowMs;
    return until !== undefined && until > now ? until : undefined;
  }

  #of(key: string): Given[] {
    return this.#given.get(key) ?? [];
  }
}

function keyOf(bot: string, shard: number | null): string {
  return JSON.stringify([bot, shard]);
}
