import type { CancelTimer, Clock } from '@gateway-queue/identify-limiter';
import { TICK_MS } from '../../time/ticker.ts';

/** A read that is under way or over. */
interface Read<T> {
  readonly result: Promise<T>;
  isOver: boolean;
  cancelForgetting: CancelTimer;
}

/**
 * Shares an expensive read among callers. A call during a read, or within a second after its end, gets the result of that
 * read. So there is at most one read a second, as for the live state, however many callers there are. A result is kept no
 * longer than that second.
 */
export class SharedReading<T> {
  readonly #reads = new Map<string, Read<T>>();

  constructor(
    private readonly read: (of: string) => Promise<T>,
    private readonly clock: Clock,
  ) {}

  /** Rejects as the read does. A failure goes to the calls that share the read, and is not kept. */
  of(what: string): Promise<T> {
    return (this.#reads.get(what) ?? this.#begin(what)).result;
  }

  /** The result of the read under way, or of a new one; never of a read that is over. */
  ofNow(what: string): Promise<T> {
    const read = this.#reads.get(what);
    return (read === undefined || read.isOver ? this.#begin(what) : read).result;
  }

  /** After a change: later calls read anew, also those that come while an older read is under way. */
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

  /** Keeps the result for a second from the end of the read, unless it fails, or is forgotten or replaced before. */
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
      // The callers get the failure from the promise itself.
      drop();
    }
  }
}
