import type { Socket } from 'node:net';

import { monotonicNow } from '../../support/discord/index.ts';

interface InFlight {
  readonly dueAt: number;
  /** Null for the end of the stream. */
  readonly bytes: Buffer | null;
}

/** Passes bytes from one socket to another, in order. They can be delayed, or stalled for a while. */
export class DelayedPipe {
  readonly #inFlight: InFlight[] = [];
  #stalled = false;
  #delayMs = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(
    source: Socket,
    private readonly target: Socket,
  ) {
    source.on('data', (bytes) => this.#push(bytes));
    source.once('end', () => this.#push(null));
    // A process that dies with unread bytes resets its connections, and a missing server refuses them.
    source.once('error', () => reset(target));
    target.once('close', () => {
      clearTimeout(this.#timer);
      this.#inFlight.length = 0;
      source.destroy();
    });
  }

  set({ stalled, delayMs }: { readonly stalled: boolean; readonly delayMs: number }): void {
    this.#stalled = stalled;
    this.#delayMs = delayMs;
    this.#pump();
  }

  #push(bytes: Buffer | null): void {
    this.#inFlight.push({ dueAt: monotonicNow() + this.#delayMs, bytes });
    this.#pump();
  }

  #pump(): void {
    clearTimeout(this.#timer);
    for (let head = this.#inFlight[0]; head && !this.#stalled; head = this.#inFlight[0]) {
      const remainingMs = head.dueAt - monotonicNow();
      if (remainingMs > 0) {
        this.#timer = setTimeout(() => this.#pump(), Math.ceil(remainingMs));
        return;
      }
      this.#inFlight.shift();
      if (this.target.destroyed) return;
      if (head.bytes === null) this.target.end();
      else this.target.write(head.bytes);
    }
  }
}

/** Ends a connection at once, with a RST if possible. After a FIN, libuv refuses a RST, and Node would never close. */
export function reset(socket: Socket): void {
  if (socket.destroyed) return;
  if (socket.writableEnded || socket.connecting) socket.destroy();
  else socket.resetAndDestroy();
}
