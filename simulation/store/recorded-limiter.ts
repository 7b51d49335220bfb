import type {
  Attempt,
  Denial,
  Entry,
  IdentifyLimiter,
  Leaver,
  Permit,
  Rank,
} from '@gateway-queue/identify-limiter';
import { type History, requestOf } from '../history/history.ts';

/** Writes down what the store does for a replica, at the moment it does it. */
export class RecordedLimiter implements Omit<IdentifyLimiter, 'onChange'> {
  constructor(
    private readonly inner: IdentifyLimiter,
    readonly replica: string,
    private readonly history: History,
  ) {}

  async enter(entries: readonly Entry[]): Promise<Rank[]> {
    const ranks = await this.inner.enter(entries);
    for (const [index, rank] of ranks.entries()) {
      const entry = entries[index];
      if (entry === undefined) continue;
      const named = { ...entry, id: this.#named(entry.id) };
      this.history.add({ kind: 'entered', replica: this.replica, entry: named, rank });
    }
    return ranks;
  }

  async leave(entries: readonly Leaver[]): Promise<void> {
    await this.inner.leave(entries);
    this.#gone('left', entries);
  }

  async forget(entries: readonly Pick<Entry, 'id' | 'bot'>[]): Promise<void> {
    await this.inner.forget(entries);
    this.#gone('forgotten', entries);
  }

  async tryAcquire(attempt: Attempt): Promise<Permit | Denial> {
    const answer = await this.inner.tryAcquire(attempt);
    const operation = this.history.nameOf(attempt.operation);
    this.history.add({
      kind: 'answered',
      replica: this.replica,
      attempt: { ...attempt, operation, entry: this.#named(attempt.entry) },
      answer: answer.granted ? { ...answer, id: operation } : answer,
    });
    return answer;
  }

  async withdrawHead(bot: string, bucket: number): Promise<void> {
    await this.inner.withdrawHead(bot, bucket);
    this.history.add({ kind: 'withdrew', replica: this.replica, bot, bucket });
  }

  async confirm(bot: string, permitId: string): Promise<boolean> {
    const done = await this.inner.confirm(bot, permitId);
    this.#told('confirmed', permitId, done);
    return done;
  }

  async release(bot: string, permitId: string): Promise<boolean> {
    const done = await this.inner.release(bot, permitId);
    this.#told('released', permitId, done);
    return done;
  }

  #told(kind: 'confirmed' | 'released', permitId: string, done: boolean): void {
    const permit = this.history.nameOf(permitId);
    this.history.add({ kind, replica: this.replica, permit, done });
  }

  #gone(kind: 'left' | 'forgotten', entries: readonly Pick<Entry, 'id' | 'bot'>[]): void {
    for (const { bot, id } of entries) {
      this.history.add({ kind, replica: this.replica, bot, entry: this.#named(id) });
    }
  }

  #named(entry: string): string {
    return requestOf(this.replica, entry);
  }
}
