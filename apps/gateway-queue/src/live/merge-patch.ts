import { isDeepStrictEqual } from 'node:util';

/** An object of JSON, by member. */
export type Members = Readonly<Record<string, unknown>>;

/**
 * The JSON merge patch (RFC 7396) that turns `from` into `to`; undefined when they are the same. In a patch null deletes a
 * member, so neither argument may have a null: a value that does not apply has to be absent.
 */
export function mergePatch(from: object, to: object): Members | undefined {
  const before = new Map<string, unknown>(Object.entries(from));
  const changes = Object.entries(to).flatMap(([name, value]) => {
    const change = before.has(name) ? changeOf(before.get(name), value) : value;
    before.delete(name);
    return change === undefined ? [] : [[name, change] as const];
  });
  const gone = Array.from(before.keys(), (name) => [name, null] as const);
  return changes.length + gone.length === 0 ? undefined : Object.fromEntries([...changes, ...gone]);
}

function changeOf(from: unknown, to: unknown): unknown {
  if (isMembers(from) && isMembers(to)) return mergePatch(from, to);
  return from === to || isDeepStrictEqual(from, to) ? undefined : to;
}

export function isMembers(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
