import { createHash } from 'node:crypto';
import announce from '../lua/library/announce.lua?raw';
import bot from '../lua/library/bot.lua?raw';
import clock from '../lua/library/clock.lua?raw';
import closings from '../lua/library/closings.lua?raw';
import continuity from '../lua/library/continuity.lua?raw';
import input from '../lua/library/input.lua?raw';
import pauses from '../lua/library/pauses.lua?raw';
import permits from '../lua/library/permits.lua?raw';
import ranks from '../lua/library/ranks.lua?raw';
import replicas from '../lua/library/replicas.lua?raw';
import time from '../lua/library/time.lua?raw';

/** A Lua script, and the name by which the server remembers it. */
export interface Script {
  readonly text: string;
  readonly sha: string;
}

/** What every operation stands on. A file may use what the ones before it define. */
const LIBRARY = [clock, announce, closings, permits, bot, continuity, ranks, replicas, pauses];

/**
 * With this line a server that may not write (out of memory, a replica, a disk that fails) refuses the whole script,
 * so that none is half done; without it, it would stop at the first write that is refused.
 */
const SHEBANG = '#!lua\n';

/**
 * A script that carries out `operation`.
 *
 * @param timeSource defines `raw`; for tests that move the clock themselves
 */
export function scriptOf(operation: string, timeSource: string = time): Script {
  return toScript([input, timeSource, ...LIBRARY, operation].join('\n'));
}

/** A script that is this and nothing else. */
export function toScript(lua: string): Script {
  const text = SHEBANG + lua;
  return { text, sha: createHash('sha1').update(text).digest('hex') };
}
