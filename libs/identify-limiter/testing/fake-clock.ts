import type { CancelTimer, Clock } from '@gateway-queue/identify-limiter';

interface FakeTimer {
  readonly at: number;
  readonly run: () => void;
}

/** A clock that stands still until a test moves it. Timers run in the order in which they are due. */
export class FakeClock implements Clock {
  timeline = 'boot-1';
  #now = 1_000_000;
  #wallOffset = Date.UTC(2030, 0, 1) - this.#now;
  readonly #timers = new Set<FakeTimer>();
  #openTurns = 0;

  now(): number {
    return this.#now;
  }

  wallNow(): number {
    return this.#now + this.#wallOffset;
  }

  setTimer(delayMs: number, run: () => void): CancelTimer {
    const timer = { at: this.#now + Math.max(delayMs, 0), run };
    this.#timers.add(timer);
    return () => this.#timers.delete(timer);
  }

  async endOfTurn(): Promise<void> {
    this.#openTurns += 1;
    await macrotask();
    this.#openTurns -= 1;
  }

  /** Number of timers that are set. */
  get pendingTimers(): number {
    return this.#timers.size;
  }

  /** Moves the wall clock alone, as an operator or NTP would. */
  jumpWall(byMs: number): void {
    this.#wallOffset += byMs;
  }

  /** What a reboot that takes `downMs` does: another timeline that starts over, and no timer left. */
  reboot(downMs: number): void {
    const wall = this.wallNow() + downMs;
    this.timeline = `boot-${Number(this.timeline.slice('boot-'.length)) + 1}`;
    this.#now = 10_000;
    this.#wallOffset = wall - this.#now;
    this.#timers.clear();
  }

  /** Lets everything happen that is due without any time passing. */
  async settle(): Promise<void> {
    await this.advance(0);
  }

  /** Moves time on by `ms`, stopping at each timer until all that follows from it has happened. */
  async advance(ms: number): Promise<void> {
    const end = this.#now + ms;
    await this.#quiet();
    for (let timer = this.#nextBefore(end); timer; timer = this.#nextBefore(end)) {
      this.#timers.delete(timer);
      this.#now = Math.max(this.#now, timer.at);
      timer.run();
      await this.#quiet();
    }
    this.#now = end;
  }

  /** Resolves when nothing goes on any more: macrotasks come after all promise reactions, however long the chain. */
  async #quiet(): Promise<void> {
    do {
      await macrotask();
    } while (this.#openTurns > 0);
  }

  #nextBefore(end: number): FakeTimer | undefined {
    let next: FakeTimer | undefined;
    for (const timer of this.#timers) {
      if (timer.at <= end && (next === undefined || timer.at < next.at)) next = timer;
    }
    return next;
  }
}

function macrotask(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
