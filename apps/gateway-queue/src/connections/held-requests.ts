import type { Socket } from 'node:net';

/** Aborts a request whose client hung up. One error for all: making one costs more than the rest of a hang-up. */
const HUNG_UP = new Error('The client hung up');

/** Aborts a request that is held when the service shuts down. */
export const DRAINED = new Error('The service is shutting down');

/** A request that is held. */
export interface HeldRequest {
  /** Aborts when the connection is gone, or with {@link DRAINED}. */
  readonly signal: AbortSignal;
  /** Closes the connection without an answer. Later requests on it end too: they could not be answered any more. */
  readonly close: () => void;
  /** To be called when the request is over, however it ended. Calling it again does nothing. */
  release(): void;
}

interface Connection {
  readonly held: Set<AbortController>;
  /** Whether one of the held requests must not be answered. */
  closeUnanswered: boolean;
  /** Whether it is to be closed as soon as nothing is held on it. */
  closing: boolean;
  readonly stopWatching: () => void;
}

/** The requests that are held, by connection: it bounds their number, notices hang-ups, and ends them all on shutdown. */
export class HeldRequests {
  readonly #connections = new Map<Socket, Connection>();
  readonly #onEmpty: (() => void)[] = [];
  #size = 0;

  /** @param max how many requests are held at a time */
  constructor(private readonly max: number) {}

  /** How many requests are held now. */
  get size(): number {
    return this.#size;
  }

  /**
   * Holds a request of this connection.
   *
   * @param whenDraining what {@link drain} does with it
   * @returns undefined when there is no room, or the connection is closed or about to be
   */
  hold(socket: Socket, whenDraining: 'close' | 'answer'): HeldRequest | undefined {
    if (this.#size >= this.max || socket.destroyed) return undefined;
    const connection = this.#connections.get(socket) ?? this.#watch(socket);
    // The connection is closed after the requests that it holds, so a later one cannot be answered.
    if (connection.closing) return undefined;
    const { held, stopWatching } = connection;
    if (whenDraining === 'close') connection.closeUnanswered = true;
    const leaving = new AbortController();
    held.add(leaving);
    this.#size += 1;
    const release = (): void => {
      if (!held.delete(leaving)) return;
      this.#size -= 1;
      if (held.size === 0) {
        stopWatching();
        if (connection.closing) socket.destroySoon();
      }
      if (this.#size === 0) for (const resolve of this.#onEmpty.splice(0)) resolve();
    };
    return { signal: leaving.signal, close: () => socket.destroySoon(), release };
  }

  /** Whether a request is held on this connection. */
  holds(socket: Socket): boolean {
    return this.#connections.has(socket);
  }

  /** Closes, without an answer, the connection of a request that is not held, after the requests held on it are over. */
  closeUnheld(socket: Socket): void {
    const connection = this.#connections.get(socket);
    if (connection === undefined) socket.destroy();
    else connection.closing = true;
  }

  /**
   * Ends every held request: by {@link DRAINED}, or by closing its connection where an answer could be taken for a
   * permit. Resolves when all of them are released.
   */
  async drain(): Promise<void> {
    for (const [socket, { closeUnanswered, held }] of this.#connections) {
      if (closeUnanswered) socket.destroy();
      else for (const leaving of held) leaving.abort(DRAINED);
    }
    if (this.#size > 0) await new Promise<void>((resolve) => this.#onEmpty.push(resolve));
  }

  /** Watches the socket: a pipelined response emits no close event before it has the socket. */
  #watch(socket: Socket): Connection {
    const held = new Set<AbortController>();
    const onClose = (): void => {
      for (const leaving of held) leaving.abort(HUNG_UP);
    };
    const stopWatching = (): void => {
      socket.off('close', onClose);
      this.#connections.delete(socket);
    };
    socket.once('close', onClose);
    const connection = { held, stopWatching, closeUnanswered: false, closing: false };
    this.#connections.set(socket, connection);
    return connection;
  }
}
