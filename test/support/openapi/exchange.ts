import { Agent, type IncomingHttpHeaders, request, type OutgoingHttpHeaders } from 'node:http';

/** A request as it goes out. */
export interface SentRequest {
  readonly method: string;
  /** Path and query, as they stand in the request line. */
  readonly target: string;
  readonly headers: OutgoingHttpHeaders;
  /** None when undefined. */
  readonly body?: string | Buffer | undefined;
}

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  /** As far as it came; see {@link ExchangeOptions.lastWords}. */
  readonly body: string;
}

export interface ExchangeOptions {
  /** After how many ms without an answer the client hangs up: it was held. */
  readonly patienceMs: number;
  /** Ends a body that would never end: the client hangs up when it has read this. */
  readonly lastWords?: string;
}

/** Sends requests over connections that are kept. */
export class Exchange {
  readonly #agent: Agent;

  /** @param url of the service
   *  @param connections how many there may be at a time */
  constructor(
    private readonly url: string,
    connections: number,
  ) {
    this.#agent = new Agent({ keepAlive: true, maxSockets: connections });
  }

  /** Resolves with the answer, or with undefined when the client hung up. Rejects when the connection ends without one. */
  async ask(sent: SentRequest, options: ExchangeOptions): Promise<Answer | undefined> {
    for (;;) {
      try {
        return await this.#askOnce(sent, options);
      } catch (error) {
        // It may have closed a kept connection before it saw the request. On a new one it cannot be that.
        if (!(error instanceof LostConnection && error.wasKept)) throw error;
      }
    }
  }

  close(): void {
    this.#agent.destroy();
  }

  #askOnce(sent: SentRequest, options: ExchangeOptions): Promise<Answer | undefined> {
    const { method, target, body, headers } = sent;
    const { hostname, port } = new URL(this.url);
    return new Promise((resolve, reject) => {
      const asked = request({ agent: this.#agent, hostname, port, method, path: target, headers });
      let isOver = false;
      const hangUp = (answer?: Answer): void => {
        isOver = true;
        clearTimeout(timer);
        resolve(answer);
        asked.destroy();
      };
      let timer: NodeJS.Timeout | undefined;
      // From when it is sent: it may have had to wait for one of our connections.
      asked.once('socket', () => {
        timer = setTimeout(() => hangUp(), options.patienceMs);
      });
      asked.on('error', (error) => {
        clearTimeout(timer);
        if (!isOver) reject(new LostConnection(asked.reusedSocket, { cause: error }));
      });
      asked.on('response', (response) => {
        let text = '';
        const answer = (): Answer => ({
          status: response.statusCode ?? 0,
          headers: response.headers,
          body: text,
        });
        response.setEncoding('utf8');
        response.on('data', (chunk: string) => {
          text += chunk;
          if (options.lastWords !== undefined && text.includes(options.lastWords)) hangUp(answer());
        });
        response.on('error', (error) => {
          if (!isOver) reject(error);
        });
        response.on('end', () => {
          clearTimeout(timer);
          resolve(answer());
        });
      });
      asked.end(body);
    });
  }
}

/** The connection ended, and there was no answer. */
export class LostConnection extends Error {
  override readonly name = 'LostConnection';

  /** @param wasKept whether there were other requests on it before */
  constructor(
    readonly wasKept: boolean,
    options: ErrorOptions,
  ) {
    super('The connection ended without an answer', options);
  }
}
