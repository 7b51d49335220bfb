import type { Clock } from '@gateway-queue/identify-limiter';
import type { Cluster, Redis } from 'ioredis';
import { end, whenEnded, whenReady } from './client-events.ts';
import { toRedisError } from './driver-error.ts';
import { RedisError, RedisStartError } from './redis-error.ts';
import { ofNewConnection } from './new-connection-error.ts';

/** The pause before the second attempt, in ms. It doubles with each attempt, up to {@link MAX_RETRY_PAUSE_MS}. */
const FIRST_PAUSE_MS = 50;
const MAX_RETRY_PAUSE_MS = 500;

/** The pause after the server was refused (RedisStartError), in ms: an operator has to act, which takes longer. */
const REFUSED_PAUSE_MS = 1000;

export interface LastingConnectionOptions<Client extends Redis | Cluster> {
  readonly clock: Clock;
  readonly connect: () => Client;
  /** Runs first on a new connection. When it rejects, the connection is given up. */
  readonly prepare: (client: Client) => Promise<unknown>;
  /** Called when a connection can be used. */
  readonly onUp: (client: Client) => void;
  /** Called when the connection was lost or could not be made. */
  readonly onProblem: (problem: RedisError) => void;
}

/**
 * Keeps a connection: makes another one whenever one ends. ioredis can do so too, but it may hang between two connections
 * when it is closed, and it does not check the server to which the second connection leads.
 */
export class LastingConnection<Client extends Redis | Cluster> {
  /** Resolves when the first attempt has succeeded or failed. */
  readonly attempted: Promise<void>;
  readonly #options: LastingConnectionOptions<Client>;
  readonly #kept: Promise<void>;
  #current: Client | undefined;
  #made = 0;
  #problem = new RedisError('There is no connection to Redis yet', 'CLOSED');
  #failures = 0;
  #attemptEnded: () => void = () => undefined;
  #drop: (reason: RedisError) => void = () => undefined;
  #endPause: () => void = () => undefined;
  #closed = false;

  constructor(options: LastingConnectionOptions<Client>) {
    this.#options = options;
    this.attempted = new Promise((resolve) => {
      this.#attemptEnded = resolve;
    });
    this.#kept = this.#keep();
  }

  /** The connection; undefined while there is none. */
  get current(): Client | undefined {
    return this.#current;
  }

  /** How many connections there have been, up to the last that was made. */
  get made(): number {
    return this.#made;
  }

  /** Why there is no connection, or was none last time. */
  get problem(): RedisError {
    return this.#problem;
  }

  /** Gives the connection up and makes another one. */
  drop(reason: RedisError): void {
    this.#drop(reason);
  }

  /** Ends the connection for good, within half a second. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#problem = new RedisError('The connection to Redis has been closed', 'CLOSED');
    this.#drop(this.#problem);
    this.#endPause();
    await this.#kept;
  }

  async #keep(): Promise<void> {
    while (!this.#closed) {
      const problem = await this.#useOne();
      if (!this.#closed) this.#problem = problem;
      this.#attemptEnded();
      if (this.#closed) return;
      this.#options.onProblem(this.#problem);
      await this.#pause();
      this.#failures += 1;
    }
  }

  /** Makes a connection and waits until it ends. Resolves with the reason. */
  async #useOne(): Promise<RedisError> {
    const { clock, connect, prepare, onUp } = this.#options;
    const client = connect();
    this.#made += 1;
    const ended = Promise.race([
      whenEnded(client),
      new Promise<RedisError>((resolve) => {
        this.#drop = resolve;
      }),
    ]);
    try {
      const up = whenReady(client).then(() => prepare(client));
      await Promise.race([up, ended.then(fail)]);
    } catch (error) {
      await end(client, clock);
      return ofNewConnection(toRedisError(error));
    }
    this.#current = client;
    this.#failures = 0;
    onUp(client);
    this.#attemptEnded();
    const problem = await ended;
    this.#current = undefined;
    await end(client, clock);
    return problem;
  }

  #pause(): Promise<void> {
    const ms =
      this.#problem instanceof RedisStartError
        ? REFUSED_PAUSE_MS
        : Math.min(FIRST_PAUSE_MS * 2 ** this.#failures, MAX_RETRY_PAUSE_MS);
    return new Promise((resolve) => {
      const cancelTimer = this.#options.clock.setTimer(ms, resolve);
      this.#endPause = () => {
        cancelTimer();
        resolve();
      };
    });
  }
}

function fail(problem: RedisError): never {
  throw problem;
}
