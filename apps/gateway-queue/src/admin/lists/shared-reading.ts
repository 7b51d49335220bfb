import type { CancelTimer, Clock } from '@gateway-queue/identify-limiter';
import { TICK_MS } from '../../time/ticker.ts';

/** What was read, or is being read. */
interface Read<T> {
  readonly result: Promise<T>;
  isOver: boolean;
  cancelForgetting: CancelTimer;
}

/**
 * Reads something dear. Who asks while it is being read, or within the second after that, gets what comes of it: as often as
 * the live state is looked at, and no more often, however many ask. What was read is kept no longer than that.
 */
export class SharedReading<T> {
  readonly #reads = new Map<string, Read<T>>();

  constructor(
    private readonly read: (of: string) => Promise<T>,
    private readonly clock: Clock,
  ) {}

  /** Rejects as the read does; a failure is told to those who have asked by then, and not kept. */
  of(what: string): Promise<T> {
    return (this.#reads.get(what) ?? this.#begin(what)).result;
  }

  /** What is being read now, or is read from now on; nothing that was read before. */
  ofNow(what: string): Promise<T> {
    const read = this.#reads.get(what);
    return (read === undefined || read.isOver ? this.#begin(what) : read).result;
  }

  /** Something has changed: who asks from now on has it read anew, even while it is being read. */
  forget(): void {
    for (const { cancelForgetting } of this.#reads.values()) cancelForgetting();
    this.#reads.clear();
  }

  #begin(what: string): Read<T> {
    this.#reads.get(what)?.cancelForgetting();
    const result = this.read(what);
    const read: Read<T> = { result, isOver: false, cancelForgetting: () => undefined };
    this.#reads.set(what, read);
    void this.#share(what, read);
    return read;
  }

  /** For a second from its end, unless it fails, or is forgotten or replaced before. */
  async #share(what: string, read: Read<T>): Promise<void> {
    const drop = (): void => {
      if (this.#reads.get(what) === read) this.#reads.delete(what);
    };
    try {
      await read.result;
      read.isOver = true;
      if (this.#reads.get(what) === read) {
        read.cancelForgetting = this.clock.setTimer(TICK_MS, drop);
      }
    } catch {
      // Those who asked are told.
      drop();
    }
  }
}
