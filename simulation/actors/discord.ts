import type { History } from '../history/history.ts';

/** Discord's answer to a request for a bot's limits. */
export interface GatewayInfo {
  readonly maxConcurrency: number;
  readonly total: number;
  readonly remaining: number;
  readonly resetInMs: number;
}

/** Discord's own count of one bot's session starts. It shares no code with the limiter. */
export class DiscordBot {
  maxConcurrency: number;
  #remaining: number;
  #windowStartedAt: number;

  constructor(
    readonly name: string,
    private readonly total: number,
    private readonly windowMs: number,
    maxConcurrency: number,
    private readonly history: History,
  ) {
    this.maxConcurrency = maxConcurrency;
    this.#remaining = total;
    this.#windowStartedAt = history.now;
  }

  /** An IDENTIFY arrives and is counted. */
  countIdentify(permit: string): void {
    this.#refill();
    this.#remaining -= 1;
    const [remaining, windowSince] = [this.#remaining, this.#windowStartedAt];
    this.history.add({ kind: 'identify counted', bot: this.name, permit, remaining, windowSince });
  }

  /** A process that does not ask the queue starts sessions. */
  spendElsewhere(count: number): void {
    this.#refill();
    this.#remaining -= Math.min(count, this.#remaining);
    this.history.addFault('starts spent elsewhere', 0, this.name);
    this.history.add({ kind: 'starts spent elsewhere', bot: this.name, count });
  }

  info(): GatewayInfo {
    this.#refill();
    return {
      maxConcurrency: this.maxConcurrency,
      total: this.total,
      remaining: Math.max(this.#remaining, 0),
      resetInMs: this.#windowStartedAt + this.windowMs - this.history.now,
    };
  }

  #refill(): void {
    while (this.history.now >= this.#windowStartedAt + this.windowMs) {
      this.#windowStartedAt += this.windowMs;
      this.#remaining = this.total;
    }
  }
}
