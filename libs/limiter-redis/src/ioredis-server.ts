import type { Change } from '@gateway-queue/identify-limiter';
import type { Cluster, Redis } from 'ioredis';
import { toChange } from './answers.ts';
import type { Script } from './script.ts';
import type { Server } from './server.ts';

/** A server that ioredis speaks to: one connection for scripts, and one to hear what is announced. */
export class IoredisServer implements Server {
  readonly #listeners = new Set<(change: Change) => void>();

  constructor(
    private readonly commands: Redis | Cluster,
    private readonly subscriber: Redis | Cluster,
    private readonly channel: string,
  ) {
    subscriber.on('message', (_channel: string, message: string) => {
      for (const listener of this.#listeners) listener(toChange(message));
    });
  }

  /** Resolves when announcements are heard. */
  async listen(): Promise<void> {
    await this.subscriber.subscribe(this.channel);
  }

  async run(script: Script, keys: readonly string[], args: readonly string[]): Promise<unknown> {
    try {
      return await this.commands.evalsha(script.sha, keys.length, ...keys, ...args);
    } catch (error) {
      // The server forgets scripts when it is started anew, or told to.
      if (!(error instanceof Error) || !error.message.startsWith('NOSCRIPT')) throw error;
      return this.commands.eval(script.text, keys.length, ...keys, ...args);
    }
  }

  onChange(listener: (change: Change) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}
