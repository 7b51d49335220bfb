import { monotonicNow } from '../discord/index.ts';
import { Connection, type End } from './connection.ts';
import type { Answer } from './response-reader.ts';

/** A request on a connection of its own, from the moment it is made until it ends. */
export class HeldRequest {
  /** When it was made, ms of monotonicNow(). */
  readonly askedAt = monotonicNow();
  /** False when the connection was refused. Otherwise the request has gone out. */
  readonly connected: Promise<boolean>;
  /** Undefined when the connection ended without a whole answer. */
  readonly answer: Promise<Answer | undefined>;
  /** Resolves when the connection is gone. */
  readonly closed: Promise<End>;
  readonly #connection: Connection;

  /** @param bytes sent as they are once the connection stands; none when empty */
  constructor(url: string, bytes: string) {
    const connection = new Connection(url);
    this.#connection = connection;
    this.connected = connection.connected;
    this.closed = connection.closed;
    this.answer = connection.answer().catch(() => undefined);
    if (bytes !== '') connection.sendBytes(bytes);
  }

  get bytesReceived(): number {
    return this.#connection.bytesReceived;
  }

  get isOpen(): boolean {
    return !this.#connection.isClosed;
  }

  /** Whether the other side still owes an answer: the connection stands, and no byte has come. */
  get isHeld(): boolean {
    return this.isOpen && this.bytesReceived === 0;
  }

  /** `closed`: the connection ended without a whole answer. */
  get state(): 'held' | 'answered' | 'closed' {
    if (this.#connection.answers.length > 0) return 'answered';
    return this.isOpen ? 'held' : 'closed';
  }

  /** Sends more, as it is. */
  send(bytes: string): void {
    this.#connection.sendBytes(bytes);
  }

  /** Reads nothing more, as a client that has stalled. */
  stall(): void {
    this.#connection.stall();
  }

  hangUp(): void {
    this.#connection.hangUp();
  }
}

/** Asks for `path` with HTTP/1.1: the connection may be used again. */
export function get(url: string, path: string): HeldRequest {
  return new HeldRequest(url, `GET ${path} HTTP/1.1\r\nHost: queue\r\n\r\n`);
}

/** Asks on `/` whether the shard may identify. The query names what is given, and nothing else. */
export function askFor(url: string, shard?: number, bot?: string): HeldRequest {
  const query = new URLSearchParams();
  if (shard !== undefined) query.set('shard', String(shard));
  if (bot !== undefined) query.set('bot', bot);
  return get(url, `/?${query.toString()}`);
}

/**
 * Resolves when the service has read all that was sent before. After two answers on new connections the service's
 * event loop has gone round since it accepted the last of the earlier connections.
 */
export async function takenIn(url: string, requests: readonly HeldRequest[] = []): Promise<void> {
  await Promise.all(requests.map(({ connected }) => connected));
  for (let turn = 0; turn < 2; turn += 1) {
    const probe = get(url, '/health/live');
    if ((await probe.answer)?.status !== 200) throw new Error(`${url}/health/live does not answer`);
    probe.hangUp();
    await probe.closed;
  }
}

/** The answers of all, in their order. Rejects when a connection ends without one. */
export function allAnswered(requests: readonly HeldRequest[]): Promise<Answer[]> {
  return Promise.all(
    requests.map(async ({ answer }) => {
      const answered = await answer;
      if (answered === undefined) throw new Error('A connection ended without an answer');
      return answered;
    }),
  );
}

export function statesOf(requests: readonly HeldRequest[]): HeldRequest['state'][] {
  return requests.map(({ state }) => state);
}
