import type { Change } from '@gateway-queue/identify-limiter';
import type { Script } from '../scripts/script.ts';

/** The server as the store uses it. */
export interface Server {
  /**
   * Runs a script whose keys are all on one node.
   *
   * @throws Error (as a rejection) when the script failed or no answer came in time; whether it ran is not known then
   */
  run(script: Script, keys: readonly string[], args: readonly string[]): Promise<unknown>;

  /** Number of the connection over which scripts are run now. Each connection has a higher number than the one before. */
  readonly connection: number;

  /**
   * Calls `listener` with each announced change. An announcement may be lost on the way.
   *
   * @returns stops the calls
   */
  onChange(listener: (change: Change) => void): () => void;

  /**
   * Calls `listener` whenever announcements are heard again. Announcements of before may have been missed.
   *
   * @returns stops the calls
   */
  onMissed(listener: () => void): () => void;
}
