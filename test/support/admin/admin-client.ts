import { monotonicNow } from '../discord/index.ts';
import type { Service } from '../service/service.ts';
import { type Holder, TOKENS } from './operators.ts';

type HeaderFields = Readonly<Record<string, string>>;

/** What the admin API answered. */
export interface AdminAnswer {
  readonly status: number;
  readonly headers: Headers;
  /** As it came. */
  readonly text: string;
  /** Parsed; null when there is none. */
  readonly body: unknown;
  /** When the question was sent, and when all of the answer was there: ms on the monotonic line. */
  readonly askedAt: number;
  readonly at: number;
}

/** Asks the admin API of one service. Paths begin behind `/api/v1`. */
export class AdminClient {
  private constructor(
    private readonly url: string,
    private readonly credentials: HeaderFields,
  ) {}

  /** With a bearer token of {@link TOKENS}. */
  static as(holder: Holder, service: Pick<Service, 'url'>): AdminClient {
    return AdminClient.with({ authorization: `Bearer ${TOKENS[holder]}` }, service);
  }

  /** With whatever credentials, or none. */
  static with(credentials: HeaderFields, { url }: Pick<Service, 'url'>): AdminClient {
    return new AdminClient(url, credentials);
  }

  /** The same credentials at another service. */
  at({ url }: Pick<Service, 'url'>): AdminClient {
    return new AdminClient(url, this.credentials);
  }

  get(path: string): Promise<AdminAnswer> {
    return this.call('GET', path);
  }

  put(path: string, body: object): Promise<AdminAnswer> {
    return this.call('PUT', path, body);
  }

  post(path: string, body?: object): Promise<AdminAnswer> {
    return this.call('POST', path, body);
  }

  delete(path: string): Promise<AdminAnswer> {
    return this.call('DELETE', path);
  }

  /** What is there, which has to be something. The caller knows its schema. */
  // oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- JSON is untyped, and typed here once
  async read<Body>(path: string): Promise<Body> {
    const { status, text } = await this.get(path);
    if (status !== 200) throw new Error(`GET ${path} answered ${status}: ${text}`);
    const body: Body = JSON.parse(text);
    return body;
  }

  /** @returns (as a promise) whatever was answered, when all of it is there */
  async call(
    method: string,
    path: string,
    body?: object,
    headerFields: HeaderFields = {},
  ): Promise<AdminAnswer> {
    const askedAt = monotonicNow();
    const response = await fetch(`${this.url}/api/v1${path}`, {
      method,
      headers: {
        ...this.credentials,
        ...headerFields,
        ...(body && { 'content-type': 'application/json' }),
        // A connection that is kept open would be in the way of tests that watch a shutdown.
        connection: 'close',
      },
      body: body === undefined ? null : JSON.stringify(body),
    });
    const text = await response.text();
    const parsed: unknown = text === '' ? null : JSON.parse(text);
    const { headers, status } = response;
    return { status, headers, text, body: parsed, askedAt, at: monotonicNow() };
  }
}
