import { recordsKeys } from './keys.ts';
import type { Script, ScriptRunner } from './script-runner.ts';
import { type Operation, scriptFor } from './scripts.ts';

/** The records' keys on a server, and what can be done with them. */
export class RecordsStore {
  readonly #keys: readonly string[];
  readonly #scripts = new Map<Operation, Script>();

  /** @param timeSource Lua that defines `raw`; for tests that move the clock themselves */
  constructor(
    private readonly server: ScriptRunner,
    prefix: string,
    private readonly timeSource?: string,
  ) {
    this.#keys = recordsKeys(prefix);
  }

  run(operation: Operation, ...args: readonly string[]): Promise<unknown> {
    const script = this.#scripts.get(operation) ?? scriptFor(operation, this.timeSource);
    this.#scripts.set(operation, script);
    return this.server.run(script, this.#keys, args);
  }
}
