import type { Change, Clock } from '@gateway-queue/identify-limiter';
import { Cluster, type Redis } from 'ioredis';
import { Announcements } from './announcements.ts';
import { announcedChange } from './announced-change.ts';
import { ANSWER_TIMEOUT_MS, connectTo, connectToOne } from './connection-options.ts';
import { toRedisError } from './driver-error.ts';
import { changesChannel } from '../scripts/keys.ts';
import { LastingConnection } from './lasting-connection.ts';
import { RedisError, RedisStartError } from './redis-error.ts';
import type { Address } from './url/redis-url-parts.ts';
import { parseRedisUrl, type RedisUrl } from './url/redis-url.ts';
import type { Script } from '../scripts/script.ts';
import type { Server } from './server.ts';
import { checkServer } from './start-checks.ts';

export interface RedisServerOptions {
  /** `REDIS_URL`: see docs/redis.md. */
  readonly url: string;
  /** What the names of all keys and of the channel begin with. */
  readonly prefix: string;
  readonly clock: Clock;
  /**
   * Called when Redis cannot be reached or used, once for each reason until it is back. After a {@link RedisStartError} an
   * operator has to act. The connection is tried again by itself. Until it is back every call rejects, and no permit is
   * granted.
   */
  readonly onProblem: (problem: RedisError) => void;
}

/** Redis or Valkey, over ioredis: one connection for scripts, and one for announcements. */
export class RedisServer implements Server {
  readonly #clock: Clock;
  readonly #scripts: LastingConnection<Redis | Cluster>;
  readonly #announcements: Announcements;
  readonly #onChange = new Set<(change: Change) => void>();
  readonly #onMissed = new Set<() => void>();
  readonly #reported = new Set<string>();
  #closing: Promise<void> | undefined;

  private constructor(
    { prefix, clock, onProblem }: RedisServerOptions,
    private readonly url: RedisUrl,
  ) {
    this.#clock = clock;
    const channel = changesChannel(prefix);
    const reportOnce = (problem: RedisError): void => {
      if (this.#reported.has(problem.message)) return;
      this.#reported.add(problem.message);
      onProblem(problem);
    };
    this.#scripts = new LastingConnection({
      clock,
      connect: () => connectTo(url),
      prepare: (client) => checkServer(client, url.kind, prefix),
      onUp: () => this.#reported.clear(),
      onProblem: reportOnce,
    });
    this.#announcements = new Announcements({
      clock,
      channel,
      connect: () => connectToOne(url, this.#anyNode()),
      onMessage: (message) => this.#announced(message),
      onListening: () => {
        this.#reported.clear();
        for (const listener of this.#onMissed) listener();
      },
      onProblem: reportOnce,
    });
  }

  /**
   * Resolves when scripts can be run and announcements are heard, or as soon as Redis turns out to be away. Then the
   * connections are tried again and again, and {@link run} rejects until Redis is back.
   *
   * @throws RedisUrlError (as a rejection) when the URL cannot be read
   * @throws RedisStartError (as a rejection) when Redis is there, but must not be used as it is
   */
  static async open(options: RedisServerOptions): Promise<RedisServer> {
    const server = new RedisServer(options, parseRedisUrl(options.url));
    await Promise.all([server.#scripts.attempted, server.#announcements.attempted]);
    const problem = server.#problem;
    if (problem instanceof RedisStartError) {
      await server.close();
      throw problem;
    }
    return server;
  }

  /**
   * Settles within a second, whatever happens to Redis or to the network.
   *
   * @throws RedisError (as a rejection): the script may have run, or may still run. A server that stalled goes on with
   *   what it has received, even over a connection that was given up since.
   */
  async run(script: Script, keys: readonly string[], args: readonly string[]): Promise<unknown> {
    const client = this.#scripts.current;
    if (client === undefined) throw this.#scripts.problem;
    try {
      return await this.#inTime(evaluate(client, script, keys, args));
    } catch (error) {
      const problem = toRedisError(error);
      // Another server is the master now. A new connection finds it.
      if (problem.code === 'READONLY') this.#scripts.drop(problem);
      throw problem;
    }
  }

  get connection(): number {
    return this.#scripts.made;
  }

  onChange(listener: (change: Change) => void): () => void {
    this.#onChange.add(listener);
    return () => this.#onChange.delete(listener);
  }

  onMissed(listener: () => void): () => void {
    this.#onMissed.add(listener);
    return () => this.#onMissed.delete(listener);
  }

  /** Ends both connections, within a second. Calls under way reject, and so do all later calls. */
  close(): Promise<void> {
    this.#closing ??= Promise.all([this.#scripts.close(), this.#announcements.close()]).then(
      () => undefined,
    );
    return this.#closing;
  }

  /** Why scripts cannot be run or announcements are not heard; undefined when all is well. */
  get #problem(): RedisError | undefined {
    return this.#scripts.current === undefined
      ? this.#scripts.problem
      : this.#announcements.problem;
  }

  #announced(message: string): void {
    const change = announcedChange(message);
    if (change === undefined) return;
    for (const listener of this.#onChange) listener(change);
  }

  /** A node of the cluster: each of them has all announcements. The nodes of today may be others than REDIS_URL names. */
  #anyNode(): Address | undefined {
    if (this.url.kind !== 'cluster') return undefined;
    const client = this.#scripts.current;
    const known = client instanceof Cluster ? client.nodes('master') : [];
    const addresses = known.flatMap(({ options: { host, port } }) =>
      host === undefined || port === undefined ? [] : [{ host, port }],
    );
    const from = addresses.length > 0 ? addresses : this.url.nodes;
    return from[Math.floor(Math.random() * from.length)];
  }

  /** The driver has timers too, but a command that it sends more than once gets a new one each time. */
  #inTime<T>(answer: Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      const cancelTimer = this.#clock.setTimer(ANSWER_TIMEOUT_MS, () => {
        reject(new RedisError('Redis did not answer in time', 'TIMEOUT'));
      });
      answer.then(resolve, reject).finally(cancelTimer);
    });
  }
}

async function evaluate(
  client: Redis | Cluster,
  { text, sha }: Script,
  keys: readonly string[],
  args: readonly string[],
): Promise<unknown> {
  try {
    return await client.evalsha(sha, keys.length, ...keys, ...args);
  } catch (error) {
    // The server forgets scripts when it is restarted or told to. The script has not run then.
    if (toRedisError(error).code !== 'NOSCRIPT') throw error;
    return client.eval(text, keys.length, ...keys, ...args);
  }
}
