import type { Server } from '../connection/server.ts';
import { recordsKeys } from '../scripts/keys.ts';
import { type RecordsOperation, recordsScripts, type Scripts } from '../scripts/scripts.ts';

export interface RecordsScriptsOptions {
  readonly server: Pick<Server, 'run'>;
  /** What all key names begin with. */
  readonly prefix: string;
  /** Lua that defines `serverTime`; for tests that move the clock themselves. */
  readonly timeSource?: string;
}

/** Runs the records' scripts on their keys. */
export class RecordsScripts {
  readonly #server: Pick<Server, 'run'>;
  readonly #keys: readonly string[];
  readonly #scripts: Scripts<RecordsOperation>;

  constructor({ prefix, server, timeSource }: RecordsScriptsOptions) {
    this.#server = server;
    this.#keys = recordsKeys(prefix);
    this.#scripts = recordsScripts(timeSource);
  }

  /** @param args what the operation's Lua file says */
  run(operation: RecordsOperation, ...args: readonly string[]): Promise<unknown> {
    return this.#server.run(this.#scripts.of(operation), this.#keys, args);
  }
}
