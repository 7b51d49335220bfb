import type { CancelTimer, Clock } from '@gateway-queue/identify-limiter';
import { type Redis, ReplyError } from 'ioredis';
import { toRedisError } from './driver-error.ts';
import { LastingConnection } from './lasting-connection.ts';
import type { RedisError } from './redis-error.ts';

/** Time between two pings, in ms. Without pings a connection that died silently would never be noticed. */
const PING_EVERY_MS = 1000;

export interface AnnouncementsOptions {
  readonly clock: Clock;
  readonly channel: string;
  readonly connect: () => Redis;
  readonly onMessage: (message: string) => void;
  /** Called when announcements are heard from now on. Announcements of before may have been missed. */
  readonly onListening: () => void;
  readonly onProblem: (problem: RedisError) => void;
}

/** Listens to announcements, on a connection of its own. */
export class Announcements {
  readonly #options: AnnouncementsOptions;
  readonly #connection: LastingConnection<Redis>;
  #cancelPing: CancelTimer = () => undefined;

  constructor(options: AnnouncementsOptions) {
    this.#options = options;
    const { clock, channel, onMessage, onListening, onProblem } = options;
    this.#connection = new LastingConnection({
      clock,
      connect: () => {
        const client = options.connect();
        client.on('message', (_channel, message) => onMessage(message));
        return client;
      },
      prepare: (client) => client.subscribe(channel),
      onUp: (client) => {
        onListening();
        this.#pingLater(client);
      },
      onProblem,
    });
  }

  /** Resolves when the first attempt to listen has succeeded or failed. */
  get attempted(): Promise<void> {
    return this.#connection.attempted;
  }

  /** Why no announcements are heard; undefined when they are. */
  get problem(): RedisError | undefined {
    return this.#connection.current === undefined ? this.#connection.problem : undefined;
  }

  async close(): Promise<void> {
    this.#cancelPing();
    await this.#connection.close();
  }

  #pingLater(client: Redis): void {
    this.#cancelPing();
    this.#cancelPing = this.#options.clock.setTimer(PING_EVERY_MS, () => {
      void this.#ping(client);
    });
  }

  async #ping(client: Redis): Promise<void> {
    try {
      await client.ping();
    } catch (error) {
      // An error that the server sent shows that the connection works.
      if (!(error instanceof ReplyError)) {
        if (this.#connection.current === client) this.#connection.drop(toRedisError(error));
        return;
      }
    }
    if (this.#connection.current === client) this.#pingLater(client);
  }
}
