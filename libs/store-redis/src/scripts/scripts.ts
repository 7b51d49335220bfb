import { assemble, type Parts } from './assemble.ts';
import { LUA_CONSTANTS } from './constants.ts';
import { KEY_VARIABLES } from './keys.ts';
import {
  LIMITER_LIBRARY,
  LIMITER_OPERATIONS,
  RECORDS_LIBRARY,
  RECORDS_OPERATIONS,
} from './lua-files.ts';
import type { Script } from './script.ts';

const LIMITER: Parts = {
  keys: KEY_VARIABLES.limiter,
  constants: LUA_CONSTANTS,
  library: LIMITER_LIBRARY,
};

const RECORDS: Parts = {
  keys: KEY_VARIABLES.records,
  constants: {},
  library: RECORDS_LIBRARY,
};

/** What a limiter asks of the server. */
export type LimiterOperation = keyof typeof LIMITER_OPERATIONS;

/** What the records ask of the server. */
export type RecordsOperation = keyof typeof RECORDS_OPERATIONS;

/** The scripts of one kind of operations. */
export class Scripts<Operation extends string> {
  readonly #operations: Readonly<Record<Operation, string>>;
  readonly #parts: Parts;
  readonly #assembled = new Map<Operation, Script>();

  constructor(operations: Readonly<Record<Operation, string>>, parts: Parts, timeSource?: string) {
    this.#operations = operations;
    this.#parts = timed(parts, timeSource);
  }

  /** The operation's script: always the same one. */
  of(operation: Operation): Script {
    const script =
      this.#assembled.get(operation) ?? assemble(this.#operations[operation], this.#parts);
    this.#assembled.set(operation, script);
    return script;
  }
}

/** @param timeSource Lua that defines `serverTime` in place of lua/time.lua; for tests that move the clock themselves */
export function limiterScripts(timeSource?: string): Scripts<LimiterOperation> {
  return new Scripts(LIMITER_OPERATIONS, LIMITER, timeSource);
}

/** @param timeSource as with {@link limiterScripts} */
export function recordsScripts(timeSource?: string): Scripts<RecordsOperation> {
  return new Scripts(RECORDS_OPERATIONS, RECORDS, timeSource);
}

/** The script of an operation on a bot that is in no list; for tests. */
export function limiterScript(operation: string, timeSource?: string): Script {
  return assemble(operation, timed(LIMITER, timeSource));
}

function timed(parts: Parts, time: string | undefined): Parts {
  return time === undefined ? parts : { ...parts, library: { ...parts.library, time } };
}
