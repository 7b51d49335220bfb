import { inspect, isDeepStrictEqual } from 'node:util';
import type { Script } from '../src/scripts/script.ts';
import { PassingServer } from './passing-server.ts';
import { limiterScripts } from '../src/scripts/scripts.ts';
import type { Server } from '../src/connection/server.ts';
import type { RedisHarness } from './harness.ts';
import { stored } from './stored.ts';
import { TIME_SOURCE } from './timed-server.ts';

const resume = limiterScripts(TIME_SOURCE).of('resume');

/** Runs each script again, as if the reply had been lost, and fails when that does anything more. One at a time. */
export class RepeatingServer extends PassingServer {
  #last: Promise<unknown> = Promise.resolve();

  /** @param harness whose data it is */
  constructor(
    server: Server,
    private readonly harness: () => RedisHarness,
  ) {
    super(server);
  }

  override run(script: Script, keys: readonly string[], args: readonly string[]): Promise<unknown> {
    const run = () => this.#runTwice(script, keys, args);
    const result = this.#last.then(run, run);
    this.#last = result;
    return result;
  }

  async #runTwice(script: Script, keys: readonly string[], args: readonly string[]) {
    const once = await this.#runAndLook(script, keys, args);
    const twice = await this.#runAndLook(script, keys, args);
    // There is no pause any more that it could lift.
    if (script.sha === resume.sha) twice.reply = once.reply;
    if (!isDeepStrictEqual(twice, once)) {
      throw new Error(`P8: repeated with ${String(args.at(-1))}, ${inspect({ once, twice })}`);
    }
    return once.reply;
  }

  async #runAndLook(script: Script, keys: readonly string[], args: readonly string[]) {
    const reply = await this.server.run(script, keys, args);
    return { reply, data: await stored(this.harness(), args[1]) };
  }
}
