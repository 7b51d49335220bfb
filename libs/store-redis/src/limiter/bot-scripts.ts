import type { LimiterRules } from '@gateway-queue/identify-limiter';
import type { Server } from '../connection/server.ts';
import { botKeys, changesChannel } from '../scripts/keys.ts';
import { type LimiterOperation, limiterScripts, type Scripts } from '../scripts/scripts.ts';
import { type PlaceRules, rulesArgument } from './rules-argument.ts';

export interface BotScriptsOptions extends PlaceRules {
  readonly server: Server;
  /** What all key names begin with. */
  readonly prefix: string;
  readonly rules: LimiterRules;
  /** Names this replica. No two replicas may have the same name, nor may a replica that is started again. */
  readonly replica: string;
  /** Lua that defines `serverTime`; for tests that move the clock themselves. */
  readonly timeSource?: string;
}

/** What the scripts of one bot are called with, but for the operation's own input. */
interface BotArguments {
  readonly keys: readonly string[];
  readonly args: readonly string[];
}

/** Runs the limiter's scripts for one replica. Each run is on the keys of one bot. */
export class BotScripts {
  readonly #options: BotScriptsOptions;
  readonly #scripts: Scripts<LimiterOperation>;
  readonly #bots = new Map<string, BotArguments>();

  /** @param bots the first of {@link bots} */
  constructor(options: BotScriptsOptions, bots: readonly string[]) {
    this.#options = options;
    this.#scripts = limiterScripts(options.timeSource);
    for (const bot of bots) this.#argumentsOf(bot);
  }

  /** All bots that this replica has run scripts for, or will. */
  get bots(): string[] {
    return [...this.#bots.keys()];
  }

  /**
   * @param input what the operation's Lua file says
   * @returns (as a promise) what the script replies
   * @throws RedisError (as a rejection): whether the script ran is not known then
   */
  run(operation: LimiterOperation, bot: string, input: object = {}): Promise<unknown> {
    const { keys, args } = this.#argumentsOf(bot);
    const { server } = this.#options;
    const all = [...args, JSON.stringify(input), String(server.connection)];
    return server.run(this.#scripts.of(operation), keys, all);
  }

  /**
   * Runs an operation on many entries, once for each of their bots.
   *
   * @returns (as a promise) for each bot its entries, in the order given, and the reply
   */
  runForEach<Entry extends { readonly bot: string }>(
    operation: LimiterOperation,
    entries: readonly Entry[],
    toInput: (entry: Entry) => unknown,
  ): Promise<{ entries: Entry[]; reply: unknown }[]> {
    const byBot = Map.groupBy(entries, ({ bot }) => bot);
    return Promise.all(
      Array.from(byBot, async ([bot, ofBot]) => ({
        entries: ofBot,
        reply: await this.run(operation, bot, { entries: ofBot.map(toInput) }),
      })),
    );
  }

  #argumentsOf(bot: string): BotArguments {
    const existing = this.#bots.get(bot);
    if (existing !== undefined) return existing;
    const { maxPlaces, placeTtlMs, prefix, replica, rules } = this.#options;
    const rulesJson = rulesArgument({ ...rules, placeTtlMs, maxPlaces }, bot);
    const made = {
      keys: botKeys(prefix, bot),
      args: [changesChannel(prefix), bot, replica, rulesJson],
    };
    this.#bots.set(bot, made);
    return made;
  }
}
