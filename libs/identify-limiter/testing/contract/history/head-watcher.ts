import { compareRanks, type PauseScope, type Rank } from '@gateway-queue/identify-limiter';
import { type Event, keyOf, promised, type Watcher } from './event.ts';

/** P4: remembers every replica's head, and compares ranks whenever the line decides. */
export class HeadWatcher implements Watcher {
  /** By bot and bucket, then by replica. */
  readonly #heads = new Map<string, Map<string, Rank>>();
  readonly #versions = new Map<string, number>();
  #deadUntil = 0;

  constructor(private readonly deadReplicaMs: number) {}

  see(event: Event): void {
    if (event.kind === 'withdrew') this.#at(event.scope).delete(event.replica);
    if (event.kind === 'restarted') {
      this.#heads.clear();
      this.#deadUntil = event.at + this.deadReplicaMs;
    }
    if (event.kind === 'reported') {
      const { bot, limits } = event;
      const known = this.#versions.get(bot);
      this.#versions.set(bot, limits.version);
      if (known === limits.version) return;
      const prefix = `[${JSON.stringify(bot)},`;
      for (const key of this.#heads.keys()) if (key.startsWith(prefix)) this.#heads.delete(key);
    }
    if (event.kind === 'answered') this.#judge(event);
  }

  #judge({ at, replica, attempt, answer }: Event & { kind: 'answered' }): void {
    if (!answer.granted && answer.reason.startsWith('limits-')) return;
    const heads = this.#at(attempt);
    heads.delete(replica);
    const behind = [...heads.values()].some((other) => compareRanks(other, attempt.rank) < 0);
    if (answer.granted) {
      promised(!behind, 'P4: a permit for one who ranks behind');
      return;
    }
    // No replica may wait behind a throttled shard.
    if (answer.reason === 'crash-loop') return;
    heads.set(replica, attempt.rank);
    if (answer.reason === 'line' && at >= this.#deadUntil) {
      promised(behind, 'P4: denied for the line with no head before it');
    }
  }

  #at({ bot, bucket }: PauseScope): Map<string, Rank> {
    const key = keyOf({ bot, bucket });
    const heads = this.#heads.get(key) ?? new Map<string, Rank>();
    this.#heads.set(key, heads);
    return heads;
  }
}
