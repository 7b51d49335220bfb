import type { CancelTimer, Clock } from '@gateway-queue/identify-limiter';

/**
 * What a process sees of the world: time, and what reaches it. While it is stopped time goes on without it: timers that
 * fire and messages that arrive wait, and all go on at once when it continues, the timers first, as in Node's event
 * loop. Once it was killed nothing reaches it any more.
 */
export class SimulatedProcess implements Clock {
  #state: 'running' | 'stopped' | 'killed' = 'running';
  #dueTimers: (() => void)[] = [];
  #arrived: (() => void)[] = [];

  constructor(private readonly clock: Clock) {}

  get isKilled(): boolean {
    return this.#state === 'killed';
  }

  get isStopped(): boolean {
    return this.#state === 'stopped';
  }

  get timeline(): string {
    return this.clock.timeline;
  }

  now(): number {
    return this.clock.now();
  }

  wallNow(): number {
    return this.clock.wallNow();
  }

  setTimer(delayMs: number, run: () => void): CancelTimer {
    let cancelled = false;
    const fire = (): void => {
      if (!cancelled) run();
    };
    const cancel = this.clock.setTimer(delayMs, () => this.#run(fire, this.#dueTimers));
    return () => {
      cancelled = true;
      cancel();
    };
  }

  endOfTurn(): Promise<void> {
    return this.clock.endOfTurn();
  }

  /** Something from outside reaches the process. */
  deliver(run: () => void): void {
    this.#run(run, this.#arrived);
  }

  stop(): void {
    if (this.#state === 'running') this.#state = 'stopped';
  }

  continue(): void {
    if (this.#state !== 'stopped') return;
    this.#state = 'running';
    // One after the other, and each with all that follows from it at once.
    for (const run of [...this.#dueTimers, ...this.#arrived]) {
      this.clock.setTimer(0, () => this.#state === 'killed' || run());
    }
    this.#dueTimers = [];
    this.#arrived = [];
  }

  kill(): void {
    this.#state = 'killed';
  }

  #run(run: () => void, backlog: (() => void)[]): void {
    if (this.#state === 'running') run();
    else if (this.#state === 'stopped') backlog.push(run);
  }
}
