import type { Change } from '@gateway-queue/identify-limiter';
import type { Script } from '../scripts/script.ts';

/** The server, as the limiter uses it. */
export interface Server {
  /**
   * Runs a script, all keys of which are on one node.
   *
   * @throws Error (as a rejection) when it failed, or no answer came in time; whether it ran is not known then
   */
  run(script: Script, keys: readonly string[], args: readonly string[]): Promise<unknown>;

  /** Number of the connection over which scripts are run now: each one has a higher number than those before it. */
  readonly connection: number;

  /**
   * Calls `listener` with what is announced. Some of it may be lost on the way.
   *
   * @returns stops the calls
   */
  onChange(listener: (change: Change) => void): () => void;

  /**
   * Calls `listener` whenever announcements are heard again: what was announced before may have been missed.
   *
   * @returns stops the calls
   */
  onMissed(listener: () => void): () => void;
}
