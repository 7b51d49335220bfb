import { type IncomingMessage, request } from 'node:http';
import { once } from 'node:events';

/** An event, or a comment, of the stream: what stands between two empty lines. */
export interface ReadEvent {
  readonly event: string | undefined;
  readonly id: string | undefined;
  /** The `data` field, parsed as JSON. */
  readonly data: unknown;
  /** The text of the event, as it was received. */
  readonly text: string;
}

/** A client that follows a stream of events, as a browser would. */
export class EventReader {
  readonly events: ReadEvent[] = [];
  /** The text of the event whose end has not come yet. */
  #pieces: string[] = [];
  readonly #waiting: (() => void)[] = [];
  #isOver = false;
  /** Resolves when the stream is over, in good order or not. */
  readonly over: Promise<void>;

  private constructor(readonly answer: IncomingMessage) {
    answer.setEncoding('utf8');
    answer.on('data', (text: string) => this.#take(text));
    answer.on('error', () => undefined);
    this.over = new Promise((resolve) => {
      answer.once('close', () => {
        this.#isOver = true;
        this.#wake();
        resolve();
      });
    });
  }

  /** Resolves when the headers of the answer are there. */
  static async open(
    url: string,
    lastEventId?: string,
    credentials: Readonly<Record<string, string>> = {},
  ): Promise<EventReader> {
    const headers = {
      ...credentials,
      ...(lastEventId !== undefined && { 'last-event-id': lastEventId }),
    };
    const outgoing = request(url, { agent: false, headers });
    outgoing.end();
    const [answer]: IncomingMessage[] = await once(outgoing, 'response');
    if (answer === undefined) throw new Error('there is no answer');
    return new EventReader(answer);
  }

  /** Resolves when there are so many events of this kind, with all of them. Rejects when the stream ends first. */
  async read(kind: string, count: number): Promise<ReadEvent[]> {
    for (;;) {
      const found = this.events.filter(({ event }) => event === kind);
      if (found.length >= count) return found;
      if (this.#isOver) throw new Error(`the stream ended after ${found.length} of ${kind}`);
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
  }

  hangUp(): void {
    this.answer.destroy();
  }

  #take(text: string): void {
    const lastCharacter = this.#pieces.at(-1)?.at(-1) ?? '';
    this.#pieces.push(text);
    // An event of many megabytes comes in hundreds of pieces: they are put together once, at its end.
    if (!(lastCharacter + text).includes('\n\n')) return;
    const parts = this.#pieces.join('').split('\n\n');
    this.#pieces = [parts.pop() ?? ''];
    for (const part of parts) this.events.push(parse(part));
    this.#wake();
  }

  #wake(): void {
    for (const wake of this.#waiting.splice(0)) wake();
  }
}

function parse(text: string): ReadEvent {
  const field = (name: string): string | undefined =>
    text
      .split('\n')
      .find((line) => line.startsWith(`${name}: `))
      ?.slice(name.length + 2);
  const data = field('data');
  return {
    event: field('event') ?? (text.startsWith(':') ? 'heartbeat' : undefined),
    id: field('id'),
    data: data === undefined ? undefined : JSON.parse(data),
    text,
  };
}
