import { monotonicNow } from './clock.ts';
import type { Random } from './random.ts';

/** How long the network takes, in ms; drawn evenly between the two. */
export interface Jitter {
  readonly minMs: number;
  readonly maxMs: number;
}

export function drawDelay(jitter: Jitter, random: Random): number {
  return jitter.minMs + (jitter.maxMs - jitter.minMs) * random();
}

interface InFlight {
  readonly due: number;
  readonly deliver: () => void;
}

/** One connection's way to the gateway: what is sent arrives late, never early, and in the order of sending. */
export class DelayLine {
  readonly #inFlight: InFlight[] = [];
  #timer: NodeJS.Timeout | undefined;

  /** Delivers `delayMs` from now, or once everything before it has been delivered when that is later. */
  send(delayMs: number, deliver: () => void): void {
    this.#inFlight.push({ due: monotonicNow() + delayMs, deliver });
    if (this.#inFlight.length === 1) this.#deliverDue();
  }

  /** Loses everything that has not arrived yet. */
  cut(): void {
    clearTimeout(this.#timer);
    this.#inFlight.length = 0;
  }

  #deliverDue(): void {
    for (let head = this.#inFlight[0]; head; head = this.#inFlight[0]) {
      const remainingMs = head.due - monotonicNow();
      // Also when the timer came back early, which Node's do by up to 1 ms.
      if (remainingMs > 0) {
        clearTimeout(this.#timer);
        this.#timer = setTimeout(() => this.#deliverDue(), Math.ceil(remainingMs));
        return;
      }
      this.#inFlight.shift();
      head.deliver();
    }
  }
}
