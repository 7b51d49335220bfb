import type { CancelTimer, Clock } from '@gateway-queue/identify-limiter';

/** From the end of a tick to the next one, in ms. */
export const TICK_MS = 1000;

/** Does something again and again, for as long as it is wanted; never twice at a time. */
export class Ticker {
  #cancel: CancelTimer | undefined;
  #ticking: Promise<void> | undefined;
  #stopped = false;

  /**
   * @param tick must not reject
   * @param isWanted asked after each tick whether there is to be another one
   */
  constructor(
    private readonly clock: Clock,
    private readonly tick: () => Promise<void>,
    private readonly isWanted: () => boolean = () => true,
  ) {}

  /** Begins with a tick at once, unless it goes on anyway. */
  start(): void {
    if (this.#cancel === undefined) void this.now();
  }

  /** Resolves when a tick is over: the one under way, or one that begins now. */
  now(): Promise<void> {
    if (this.#stopped) return Promise.resolve();
    this.#cancel?.();
    // The end of the tick sets the next one.
    this.#cancel = () => undefined;
    this.#ticking ??= this.tick().finally(() => {
      this.#ticking = undefined;
      this.#cancel = this.#next();
    });
    return this.#ticking;
  }

  /** Resolves when a tick is over that began after this was called. */
  async again(): Promise<void> {
    await this.#ticking;
    await this.now();
  }

  /** For good. Resolves when no tick is under way. */
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
