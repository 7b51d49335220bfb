import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** How the fake answers a request. */
export type Answer = (response: ServerResponse) => void;

/** A session start limit, by Discord's names. */
export const LIMIT = { total: 1000, remaining: 987, reset_after: 3_600_000, max_concurrency: 16 };

/** An answer of this status and JSON. */
export function json(status: number, body: unknown, headers: Record<string, string> = {}): Answer {
  return (response) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(JSON.stringify(body));
  };
}

/** The answer that Discord gives to a bot with these session starts. */
export function gatewayBot(limit: Partial<typeof LIMIT> = {}): Answer {
  return json(200, { url: 'wss://x', shards: 1, session_start_limit: { ...LIMIT, ...limit } });
}

/** A server that answers like Discord, as the test says. */
export class FakeDiscord {
  answer: Answer = gatewayBot();
  readonly requests: IncomingMessage[] = [];
  readonly #server: Server;
  #arrivals: (() => void)[] = [];

  private constructor() {
    this.#server = createServer((request, response) => {
      this.requests.push(request);
      this.answer(response);
      for (const arrived of this.#arrivals.splice(0)) arrived();
    });
  }

  static async start(): Promise<FakeDiscord> {
    const fake = new FakeDiscord();
    await new Promise<void>((resolve) => {
      fake.#server.listen(0, '127.0.0.1', resolve);
    });
    return fake;
  }

  get url(): string {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- it listens on a port, not on a pipe
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/api`;
  }

  /** Resolves when the next request has arrived. */
  arrival(): Promise<void> {
    return new Promise((resolve) => {
      this.#arrivals.push(resolve);
    });
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => {
      this.#server.close(resolve);
    });
  }
}
