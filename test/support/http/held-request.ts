import { connect, type Socket } from 'node:net';

import { monotonicNow } from '../discord/index.ts';

/** What came back on a connection. */
export interface Answer {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: ReadonlyMap<string, string>;
  readonly body: string;
  /** When the last byte of it came, ms on the monotonic line. */
  readonly at: number;
}

/** A request on a connection of its own, with nothing between the test and the bytes. */
export class HeldRequest {
  /** When it was made, ms on the monotonic line. */
  readonly askedAt = monotonicNow();
  /** Whether there was somebody to ask. */
  readonly connected: Promise<boolean>;
  /** Undefined when the connection ended without a whole answer. */
  readonly answer: Promise<Answer | undefined>;
  /** Resolves when the connection has gone. */
  readonly closed: Promise<void>;
  readonly #socket: Socket;
  #received = '';
  #open = true;

  /** @param bytes sent as they are once the connection stands */
  constructor(url: string, bytes: string) {
    const { hostname, port } = new URL(url);
    const socket = connect({ host: hostname, port: Number(port) });
    this.#socket = socket;
    // One character for each byte, as Content-Length counts.
    socket.setEncoding('latin1');
    // 'close' follows, and says enough.
    socket.on('error', () => undefined);
    this.closed = new Promise((resolve) => {
      socket.once('close', () => {
        this.#open = false;
        resolve();
      });
    });
    this.connected = new Promise((resolve) => {
      socket.once('connect', () => {
        if (bytes !== '') socket.write(bytes);
        resolve(true);
      });
      socket.once('close', () => resolve(false));
    });
    this.answer = new Promise((resolve) => {
      socket.on('data', (text: string) => {
        this.#received += text;
        const answer = parseAnswer(this.#received);
        if (answer !== undefined) resolve(answer);
      });
      socket.once('close', () => resolve(undefined));
    });
  }

  /** Every byte that came so far. */
  get received(): string {
    return this.#received;
  }

  get isOpen(): boolean {
    return this.#open;
  }

  /** Whether the other side still owes an answer: the connection stands, and nothing came. */
  get isHeld(): boolean {
    return this.#open && this.#received === '';
  }

  /** Sends more, as it is. */
  send(bytes: string): void {
    this.#socket.write(bytes);
  }

  /** From now on nothing more is read, as if the client had stalled. */
  stall(): void {
    this.#socket.pause();
  }

  hangUp(): void {
    this.#socket.destroy();
  }
}

/** Asks for `path`, as HTTP/1.1 does: the connection may be used again. */
export function get(url: string, path: string): HeldRequest {
  return new HeldRequest(url, `GET ${path} HTTP/1.1\r\nHost: queue\r\n\r\n`);
}

/** Asks whether the shard may identify. */
export function askFor(url: string, shard: number, bot?: string): HeldRequest {
  return get(url, `/?shard=${shard}${bot === undefined ? '' : `&bot=${bot}`}`);
}

/**
 * Resolves when the service has taken in all that was sent before. Whoever asks twice over new connections
 * has seen its event loop go round since the last of the others was accepted.
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

function parseAnswer(text: string): Answer | undefined {
  const end = text.indexOf('\r\n\r\n');
  if (end === -1) return undefined;
  const [statusLine = '', ...lines] = text.slice(0, end).split('\r\n');
  const headers = new Map(
    lines.map((line) => {
      const [, name = '', value = ''] = /^([^:]*):\s*(.*)$/.exec(line) ?? [];
      return [name.toLowerCase(), value];
    }),
  );
  const body = text.slice(end + 4);
  if (body.length < Number(headers.get('content-length') ?? 0)) return undefined;
  return { status: Number(statusLine.split(' ')[1]), headers, body, at: monotonicNow() };
}
