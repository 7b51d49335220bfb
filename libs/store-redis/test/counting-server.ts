import type { Script } from '../src/scripts/script.ts';
import { PassingServer } from './passing-server.ts';

/** Counts what is asked of a server, and tells whether any of it is still to be answered. */
export class CountingServer extends PassingServer {
  /** By the script's hash. */
  readonly #calls = new Map<string, number>();
  #running = 0;

  get isIdle(): boolean {
    return this.#running === 0;
  }

  /** How many scripts were run. */
  get total(): number {
    return [...this.#calls.values()].reduce((sum, calls) => sum + calls, 0);
  }

  callsOf({ sha }: Script): number {
    return this.#calls.get(sha) ?? 0;
  }

  override async run(
    script: Script,
    keys: readonly string[],
    args: readonly string[],
  ): Promise<unknown> {
    this.#calls.set(script.sha, this.callsOf(script) + 1);
    this.#running += 1;
    try {
      return await this.server.run(script, keys, args);
    } finally {
      this.#running -= 1;
    }
  }
}
