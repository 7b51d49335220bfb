import type { CancelTimer, Clock } from '@gateway-queue/identify-limiter';

/** Runs something at one moment at a time, however far away, and never too early. */
export class Alarm {
  readonly #clock: Clock;
  readonly #run: () => void;
  #at: number | null = null;
  #cancel: CancelTimer = () => {};

  constructor(clock: Clock, run: () => void) {
    this.#clock = clock;
    this.#run = run;
  }

  /** Ms until it goes off; null when it is not set. */
  get remainingMs(): number | null {
    return this.#at === null ? null : Math.max(this.#at - this.#clock.now(), 0);
  }

  /** In place of any moment set before. */
  set(delayMs: number): void {
    this.#at = this.#clock.now() + delayMs;
    this.#arm(this.#at);
  }

  clear(): void {
    this.#at = null;
    this.#cancel();
  }

  #arm(at: number): void {
    this.#cancel();
    this.#cancel = this.#clock.setTimer(at - this.#clock.now(), () => {
      if (this.#clock.now() < at) {
        this.#arm(at);
        return;
      }
      this.#at = null;
      this.#run();
    });
  }
}
