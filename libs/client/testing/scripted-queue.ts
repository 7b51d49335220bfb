import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';

import { answers } from './answers.ts';
import type { ScriptedRequest, Step } from './step.ts';

/**
 * A fake queue on 127.0.0.1 that follows a script: one step for each request, in the order of arrival. After the script it gives
 * permits, and accepts each confirm and release.
 */
export class ScriptedQueue implements AsyncDisposable {
  readonly identifies: ScriptedRequest[] = [];
  readonly settles: ScriptedRequest[] = [];
  readonly #steps: Step[];
  readonly #settleSteps: Step[] = [];
  readonly #waiting = new Set<() => void>();
  #server: Server | undefined;
  #port = 0;

  private constructor(steps: Step[]) {
    this.#steps = steps;
  }

  static async start(...steps: Step[]): Promise<ScriptedQueue> {
    const queue = new ScriptedQueue(steps);
    await queue.listen();
    return queue;
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  /** Adds steps for requests for a permit. */
  script(...steps: Step[]): void {
    this.#steps.push(...steps);
  }

  /** Adds steps for confirms and releases. */
  onSettle(...steps: Step[]): void {
    this.#settleSteps.push(...steps);
  }

  /** The confirms and releases so far, such as `POST /v1/permits/permit-1/confirm`. */
  get settled(): string[] {
    return this.settles.map(({ method, path }) => `${method} ${path}`);
  }

  /** Resolves when the condition holds. It is checked now and after each request. */
  async until(condition: () => boolean): Promise<void> {
    while (!condition()) {
      await new Promise<void>((resolve) => {
        this.#waiting.add(resolve);
      });
    }
  }

  /** Listens, on the same port as before if it had one. */
  async listen(): Promise<void> {
    this.#server = createServer((request, response) => this.#handle(request, response));
    this.#server.listen(this.#port, '127.0.0.1');
    await once(this.#server, 'listening');
    const address = this.#server.address();
    if (address === null || typeof address === 'string') throw new Error('No TCP port was given');
    this.#port = address.port;
  }

  /** Stops as in a crash: closes every connection. */
  async stop(): Promise<void> {
    if (!this.#server?.listening) return;
    const closed = once(this.#server, 'close');
    this.#server.close();
    this.#server.closeAllConnections();
    await closed;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.stop();
  }

  #handle(request: IncomingMessage, response: ServerResponse): void {
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://queue');
    const ended = new Promise<void>((resolve) => {
      response.once('close', resolve);
    });
    const scripted: ScriptedRequest = {
      method: request.method ?? '',
      path: pathname,
      query: searchParams,
      headers: request.headers,
      ended,
      response,
    };
    const identifies = pathname.endsWith('/v1/identify');
    (identifies ? this.identifies : this.settles).push(scripted);
    const step = identifies ? this.#steps.shift() : this.#settleSteps.shift();
    const usual = identifies ? answers.permit() : answers.status(204);
    (step ?? usual)(scripted);
    for (const resolve of this.#waiting) resolve();
    this.#waiting.clear();
  }
}
