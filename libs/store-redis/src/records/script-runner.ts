/** A Lua script, and the SHA-1 by which the server remembers it. */
export interface Script {
  readonly text: string;
  readonly sha: string;
}

/** The server, as the records use it: a Redis or Valkey. */
export interface ScriptRunner {
  /**
   * Runs a script, all keys of which are on one node.
   *
   * @throws Error (as a rejection) when it failed, or no answer came in time; whether it ran is not known then
   */
  run(script: Script, keys: readonly string[], args: readonly string[]): Promise<unknown>;
}
