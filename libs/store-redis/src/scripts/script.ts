import { createHash } from 'node:crypto';
import announce from '../limiter/lua/library/announce.lua?raw';
import bot from '../limiter/lua/library/bot.lua?raw';
import clock from '../limiter/lua/library/clock.lua?raw';
import closings from '../limiter/lua/library/closings.lua?raw';
import continuity from '../limiter/lua/library/lost-data.lua?raw';
import input from '../limiter/lua/library/input.lua?raw';
import pauses from '../limiter/lua/library/pauses.lua?raw';
import permits from '../limiter/lua/library/permits.lua?raw';
import ranks from '../limiter/lua/library/ranks.lua?raw';
import replicas from '../limiter/lua/library/replicas.lua?raw';
import time from './lua/time.lua?raw';

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
