import type { CancelTimer, Clock } from '@gateway-queue/identify-limiter';

/** Between two looks, in ms. With the time after which a replica is taken for dead that makes 3 s. */
const LOOK_MS = 1000;

/** Looks again and again, as soon as it is started. */
export class Lookout {
  #cancel: CancelTimer = () => undefined;
  #looking: Promise<void> | undefined;
  #stopped = false;

  /** @param look must not reject */
  constructor(
    private readonly clock: Clock,
    private readonly look: () => Promise<void>,
  ) {}

  start(): void {
    this.#looking = this.look().finally(() => {
      if (!this.#stopped) this.#cancel = this.clock.setTimer(LOOK_MS, () => this.start());
    });
  }

  /** Resolves when nobody looks any more. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#cancel();
    await this.#looking;
  }
}
