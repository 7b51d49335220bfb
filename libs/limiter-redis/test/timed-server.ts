import type { Change } from '@gateway-queue/identify-limiter';
import type { Script } from '../src/script.ts';
import type { Server } from '../src/server.ts';

/** Lua for scripts that run on a {@link TimedServer}: the clock is their last argument. */
export const TIME_SOURCE = 'local raw = tonumber(ARGV[#ARGV])';

/** A server whose clock only the test moves. */
export class TimedServer implements Server {
  /** Bots that scripts were run for. */
  readonly bots = new Set<string>();
  /** Microseconds. A time of the year 2027, so that all numbers are as long as they are in earnest. */
  #now = 1_800_000_000_000_000;

  constructor(private readonly server: Server) {}

  moveClock(ms: number): void {
    this.#now += Math.round(ms * 1000);
  }

  run(script: Script, keys: readonly string[], args: readonly string[]): Promise<unknown> {
    this.bots.add(String(args[1]));
    return this.server.run(script, keys, [...args, String(this.#now)]);
  }

  onMissed(listener: () => void): () => void {
    return this.server.onMissed(listener);
  }

  onChange(listener: (change: Change) => void): () => void {
    return this.server.onChange(listener);
  }
}
