import { createHash } from 'node:crypto';

/** A Lua script, and the SHA-1 by which the server remembers it. */
export interface Script {
  readonly text: string;
  readonly sha: string;
}

/**
 * The script that is this Lua and nothing else.
 *
 * Because of its first line a server that may not write (it is out of memory, is a replica, or its disk fails) refuses
 * the whole script. Without that line it would stop at the first write that is refused, and leave the script half done.
 */
export function toScript(lua: string): Script {
  const text = `#!lua\n${lua}`;
  return { text, sha: createHash('sha1').update(text).digest('hex') };
}
