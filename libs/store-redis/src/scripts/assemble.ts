import { type Script, toScript } from './script.ts';

/** A line of a Lua file that names a file of the library which has to come before it: `--- @include "name"`. */
const INCLUDE = /^--- @include "([\w-]+)"$/gm;

/** What the scripts of one kind have in common. */
export interface Parts {
  /** Names of the Lua variables for KEYS, in their order. */
  readonly keys: readonly string[];
  /** Numbers that Lua has as local variables, by their names. */
  readonly constants: Readonly<Record<string, number>>;
  /** Lua files that others may include, by their names. None of them writes or fails when it is loaded. */
  readonly library: Readonly<Record<string, string>>;
}

/** The script of an operation: keys and constants, what it includes, each file once, and the operation itself. */
export function assemble(operation: string, { constants, keys, library }: Parts): Script {
  const preamble = [
    `local ${keys.join(', ')} = unpack(KEYS)`,
    ...Object.entries(constants).map(([name, value]) => `local ${name} = ${value}`),
  ];
  return toScript([...preamble, ...withIncludes(operation, library)].join('\n'));
}

/** The file after those that it includes, directly or through others. */
function withIncludes(
  file: string,
  library: Readonly<Record<string, string>>,
  included = new Set<string>(),
): string[] {
  const before = Array.from(file.matchAll(INCLUDE), ([, name = '']) => name).flatMap((name) => {
    const text = library[name];
    if (text === undefined) throw new Error(`There is no Lua file ${name} to include`);
    if (included.has(name)) return [];
    included.add(name);
    return withIncludes(text, library, included);
  });
  return [...before, file];
}
