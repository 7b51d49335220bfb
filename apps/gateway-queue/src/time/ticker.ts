import type { CancelTimer, Clock } from '@gateway-queue/identify-limiter';

/** From the end of a tick to the next one, in ms. */
export const TICK_MS = 1000;

/** Runs a function each second while it is wanted, and never twice at a time. */
export class Ticker {
  #cancel: CancelTimer | undefined;
  #ticking: Promise<void> | undefined;
  #stopped = false;

  /**
   * @param tick must not reject
   * @param isWanted called after each tick; another tick follows only when it returns true
   */
  constructor(
    private readonly clock: Clock,
    private readonly tick: () => Promise<void>,
    private readonly isWanted: () => boolean = () => true,
  ) {}

  /** Begins with a tick at once. Does nothing while it is running already. */
  start(): void {
    if (this.#cancel === undefined) void this.now();
  }

  /** Resolves when a tick is over: the tick under way, or one that begins now. */
  now(): Promise<void> {
    if (this.#stopped) return Promise.resolve();
    this.#cancel?.();
    // The next timer is set when the tick ends.
    this.#cancel = () => undefined;
    this.#ticking ??= this.tick().finally(() => {
      this.#ticking = undefined;
      this.#cancel = this.#next();
    });
    return this.#ticking;
  }

  /** Resolves when a tick that began after this call is over. */
  async again(): Promise<void> {
    await this.#ticking;
    await this.now();
  }

  /** Stops for good. Resolves when no tick is under way. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#cancel?.();
    await this.#ticking;
  }

  #next(): CancelTimer | undefined {
    if (this.#stopped || !this.isWanted()) return undefined;
    return this.clock.setTimer(TICK_MS, () => void this.now());
  }
}
