import type { CancelTimer, Clock } from '@gateway-queue/identify-limiter';

/**
 * A process: it sees time, and messages reach it. While the process is suspended, timers that fire and messages that arrive
 * are kept back. When it is resumed, all of them run at once, timers first, as in Node's event loop. Nothing reaches a
 * process that was killed.
 */
export class SimulatedProcess implements Clock {
  #state: 'running' | 'suspended' | 'killed' = 'running';
  #dueTimers: (() => void)[] = [];
  #arrived: (() => void)[] = [];

  constructor(private readonly clock: Clock) {}

  get isKilled(): boolean {
    return this.#state === 'killed';
  }

  get isSuspended(): boolean {
    return this.#state === 'suspended';
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

  /** A message from outside reaches the process. */
  deliver(run: () => void): void {
    this.#run(run, this.#arrived);
  }

  suspend(): void {
    if (this.#state === 'running') this.#state = 'suspended';
  }

  resume(): void {
    if (this.#state !== 'suspended') return;
    this.#state = 'running';
    // Each in a timer of its own, so that all that follows at once from one runs before the next.
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
    else if (this.#state === 'suspended') backlog.push(run);
  }
}
