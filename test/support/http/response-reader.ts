import { monotonicNow } from '../discord/clock.ts';

/** A response as it came over the wire. */
export interface Answer {
  readonly status: number;
  /** By their names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** When its last byte arrived, ms of monotonicNow(). */
  readonly at: number;
}

const END_OF_HEAD = '\r\n\r\n';

/** Takes the responses of one connection apart. Knows bodies with a length only: the service sends no others. */
export class ResponseReader {
  /** The methods of the requests that have no answer yet. Without one it counts as a GET. */
  readonly #methods: string[] = [];
  #bytes = '';

  /** To be told before the request goes out: the answer to a HEAD has a length and no body. */
  asked(method: string): void {
    this.#methods.push(method);
  }

  /** @returns the responses that are complete now, interim ones (1xx) too */
  push(chunk: Buffer): Answer[] {
    this.#bytes += chunk.toString('latin1');
    const answers: Answer[] = [];
    for (let answer = this.#next(); answer !== undefined; answer = this.#next()) {
      answers.push(answer);
    }
    return answers;
  }

  #next(): Answer | undefined {
    const endOfHead = this.#bytes.indexOf(END_OF_HEAD);
    if (endOfHead < 0) return undefined;
    const [statusLine = '', ...lines] = this.#bytes.slice(0, endOfHead).split('\r\n');
    const status = Number(statusLine.split(' ')[1]);
    const headers = Object.fromEntries(lines.map(headerOf));
    const start = endOfHead + END_OF_HEAD.length;
    const end = start + this.#bodyLength(status, headers);
    if (this.#bytes.length < end) return undefined;
    const body = Buffer.from(this.#bytes.slice(start, end), 'latin1').toString();
    this.#bytes = this.#bytes.slice(end);
    if (status >= 200) this.#methods.shift();
    return { status, headers, body, at: monotonicNow() };
  }

  #bodyLength(status: number, headers: Readonly<Record<string, string>>): number {
    if (status < 200 || this.#methods[0] === 'HEAD') return 0;
    const length = Number(headers['content-length']);
    if (!Number.isInteger(length)) throw new Error(`A response ${status} that has no length`);
    return length;
  }
}

function headerOf(line: string): [name: string, value: string] {
  const colon = line.indexOf(':');
  return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
}
