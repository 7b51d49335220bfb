import { monotonicNow } from '../discord/index.ts';

/** What `/v1` answered. */
export interface V1Answer {
  readonly status: number;
  readonly headers: Headers;
  /** Parsed; null when there is none. */
  readonly body: Readonly<Record<string, unknown>> | null;
  /** When all of it was there, ms on the monotonic line. */
  readonly at: number;
}

export type V1Query = Readonly<Record<string, string | number | boolean>>;

/** Asks `/v1`, once for each call: it repeats nothing and understands nothing. */
export class V1Client {
  constructor(
    private readonly url: string,
    private readonly headers: Readonly<Record<string, string>> = {},
  ) {}

  identify(query: V1Query, signal?: AbortSignal): Promise<V1Answer> {
    const parameters = new URLSearchParams(
      Object.entries(query).map(([name, value]): [string, string] => [name, String(value)]),
    );
    return this.call('POST', `/v1/identify?${parameters.toString()}`, signal);
  }

  confirm(id: string): Promise<V1Answer> {
    return this.call('POST', `/v1/permits/${id}/confirm`);
  }

  release(id: string): Promise<V1Answer> {
    return this.call('DELETE', `/v1/permits/${id}`);
  }

  async call(method: string, path: string, signal?: AbortSignal): Promise<V1Answer> {
    const response = await fetch(this.url + path, {
      method,
      headers: this.headers,
      signal: signal ?? null,
    });
    const text = await response.text();
    return {
      status: response.status,
      headers: response.headers,
      body: text === '' ? null : JSON.parse(text),
      at: monotonicNow(),
    };
  }

  /** Asks for a permit until there is one, each time for so long, and stays away as it is told to. */
  async insist(query: V1Query, onAnswer?: (answer: V1Answer) => void): Promise<V1Answer> {
    for (;;) {
      const answer = await this.identify(query);
      if (answer.status === 200) return answer;
      if (answer.status !== 429 && answer.status !== 503) {
        throw new Error(`/v1/identify answered ${answer.status}`);
      }
      onAnswer?.(answer);
      await new Promise((resolve) => {
        setTimeout(resolve, Number(answer.headers.get('x-retry-after-ms')));
      });
    }
  }
}

/** The id of the permit. */
export function idOf({ body }: V1Answer): string {
  return String(body?.['id']);
}
