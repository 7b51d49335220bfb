import { SESSION_WINDOW_MS, type Starts } from '@gateway-queue/identify-limiter';

/** The session starts of a bot, on the queue's clock. */
export interface SessionStarts {
  /** How many may still be given. */
  readonly left: number;
  /** How many a whole window has. */
  readonly perWindow: number;
  /** When there are `perWindow` again; null while the window has not begun. */
  readonly resetAt: number | null;
}

/** What is known of a bot's session starts: what the limiter last said, less the permits that came since. */
export class KnownStarts {
  #starts: SessionStarts | undefined;

  /** Undefined until the limiter has told of them. */
  get current(): SessionStarts | undefined {
    return this.#starts;
  }

  /** The limiter has said how many starts are left. */
  told({ left, perWindow, resetInMs }: Starts, now: number): void {
    this.#starts = { left, perWindow, resetAt: resetInMs === null ? null : now + resetInMs };
  }

  /** A permit came. After the last permit of a line the limiter says nothing, and other lines need the new count. */
  spent(now: number): void {
    if (this.#starts === undefined) return;
    const { left, perWindow, resetAt } = this.#starts;
    this.#starts = {
      left: Math.max(left - 1, 0),
      perWindow,
      resetAt: resetAt ?? now + SESSION_WINDOW_MS,
    };
  }
}
