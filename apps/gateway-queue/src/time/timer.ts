import type { CancelTimer, Clock } from '@gateway-queue/identify-limiter';

/** A timer for one moment at a time. It never fires early, however far away the moment is. */
export class Timer {
  #firesAt: number | null = null;
  #cancel: CancelTimer = () => {};

  constructor(
    private readonly clock: Clock,
    private readonly run: () => void,
  ) {}

  /** When it fires, on the clock's line; null when it is not set. */
  get firesAt(): number | null {
    return this.#firesAt;
  }

  /** Sets it, in place of any moment that was set before. */
  set(delayMs: number): void {
    this.#firesAt = this.clock.now() + delayMs;
    this.#arm(this.#firesAt);
  }

  clear(): void {
    this.#firesAt = null;
    this.#cancel();
  }

  #arm(firesAt: number): void {
    this.#cancel();
    this.#cancel = this.clock.setTimer(firesAt - this.clock.now(), () => {
      if (this.clock.now() < firesAt) {
        this.#arm(firesAt);
        return;
      }
      this.#firesAt = null;
      this.run();
    });
  }
}
