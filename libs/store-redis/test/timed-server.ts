import type { Script } from '../src/scripts/script.ts';
import { PassingServer } from './passing-server.ts';

/** Lua for scripts that run on a {@link TimedServer}: the clock is their last argument. */
export const TIME_SOURCE = 'local serverTime = tonumber(ARGV[#ARGV])';

/** A server whose clock only the test moves. */
export class TimedServer extends PassingServer {
  /** Bots that scripts were run for. */
  readonly bots = new Set<string>();
  /** Microseconds. A time of the year 2027, so that all numbers are as long as they are in earnest. */
  #now = 1_800_000_000_000_000;

  moveClock(ms: number): void {
    this.#now += Math.round(ms * 1000);
  }

  override run(script: Script, keys: readonly string[], args: readonly string[]): Promise<unknown> {
    this.bots.add(String(args[1]));
    return this.server.run(script, keys, [...args, String(this.#now)]);
  }
}
