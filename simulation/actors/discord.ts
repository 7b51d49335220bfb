import type { History } from '../history/history.ts';

/** What Discord answers to a question after a bot's limits. */
export interface GatewayInfo {
  readonly maxConcurrency: number;
  readonly total: number;
  readonly remaining: number;
  readonly resetInMs: number;
}

/** Discord's own count of one bot's session starts, which nobody else's arithmetic has a part in. */
export class DiscordBot {
  maxConcurrency: number;
  #remaining: number;
  #windowSince: number;

  constructor(
    readonly name: string,
    private readonly total: number,
    private readonly windowMs: number,
    maxConcurrency: number,
    private readonly history: History,
  ) {
    this.maxConcurrency = maxConcurrency;
    this.#remaining = total;
    this.#windowSince = history.now;
  }

  /** An IDENTIFY arrives. */
  count(permit: string): void {
    this.#refill();
    this.#remaining -= 1;
    const [remaining, windowSince] = [this.#remaining, this.#windowSince];
    this.history.add({ kind: 'counted', bot: this.name, permit, remaining, windowSince });
  }

  /** Somebody starts sessions who does not ask the queue. */
  spendElsewhere(count: number): void {
    this.#refill();
    this.#remaining -= Math.min(count, this.#remaining);
    this.history.trouble('starts spent elsewhere', 0, this.name);
    this.history.add({ kind: 'spent elsewhere', bot: this.name, count });
  }

  info(): GatewayInfo {
    this.#refill();
    return {
      maxConcurrency: this.maxConcurrency,
      total: this.total,
      remaining: Math.max(this.#remaining, 0),
      resetInMs: this.#windowSince + this.windowMs - this.history.now,
    };
  }

  #refill(): void {
    while (this.history.now >= this.#windowSince + this.windowMs) {
      this.#windowSince += this.windowMs;
      this.#remaining = this.total;
    }
  }
}
