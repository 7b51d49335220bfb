import type { Socket } from 'node:net';

/** Why a held request ends without an answer. One for all: making an error costs more than the rest of a hang-up. */
const HUNG_UP = new Error('The client hung up');

/** Why a held request ends with an answer that is no permit. */
export const SENT_AWAY = new Error('The service is shutting down');

/** A request that is held. */
export interface HeldRequest {
  /** Aborts when the connection is gone. */
  readonly signal: AbortSignal;
  /** Ends it by closing its connection without an answer. What is held behind it could not be answered any more. */
  readonly close: () => void;
  /** To be called once the request is over, however it ended. */
  release(): void;
}

interface Connection {
  readonly held: Set<AbortController>;
  /** Whether there is one among them that must not be answered. */
  closeUnanswered: boolean;
  /** Whether it is closed once nothing is held on it any more. */
  closing: boolean;
  readonly stopWatching: () => void;
}

/** The requests that are held, by connection: how many there may be, who hung up, and how they are let go. */
export class HeldRequests {
  readonly #connections = new Map<Socket, Connection>();
  readonly #onEmpty: (() => void)[] = [];
  #size = 0;

  /** @param most how many are held at a time */
  constructor(private readonly most: number) {}

  get size(): number {
    return this.#size;
  }

  /**
   * Holds a request of this connection; undefined when there is no room, or nobody there any more.
   *
   * @param whenSentAway what {@link sendAllAway} does with it
   */
  hold(socket: Socket, whenSentAway: 'close' | 'answer'): HeldRequest | undefined {
    if (this.#size >= this.most || socket.destroyed) return undefined;
    const connection = this.#connections.get(socket) ?? this.#watch(socket);
    // Behind one that was turned away no answer can be sent any more.
    if (connection.closing) return undefined;
    const { held, stopWatching } = connection;
    if (whenSentAway === 'close') connection.closeUnanswered = true;
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

  /** Closes the connection of one that is not held without an answer, once those are over that are held before it. */
  turnAway(socket: Socket): void {
    const connection = this.#connections.get(socket);
    if (connection === undefined) socket.destroy();
    else connection.closing = true;
  }

  /**
   * Ends every held request: by {@link SENT_AWAY}, or, where any answer could be taken as leave to identify,
   * by closing its connection without a word. Resolves when all of them are released.
   */
  async sendAllAway(): Promise<void> {
    for (const [socket, { closeUnanswered, held }] of this.#connections) {
      if (closeUnanswered) socket.destroy();
      else for (const leaving of held) leaving.abort(SENT_AWAY);
    }
    if (this.#size > 0) await new Promise<void>((resolve) => this.#onEmpty.push(resolve));
  }

  /** Watches the connection itself: a pipelined response whose turn has not come does not hear of its end. */
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
