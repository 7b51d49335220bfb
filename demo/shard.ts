import { IdentifyClient, type Permit } from '../libs/client/src/index.ts';
import { RawClient } from '../test/support/discord/raw-client.ts';
import type { DemoBot } from './bots.ts';
import type { Chance } from './demo-random.ts';
import type { Manner } from './behaviours.ts';

/** Where a shard finds whom it talks to. */
export interface Places {
  readonly queueUrl: string;
  readonly gatewayUrl: string;
}

/** The gateway's word that a session has begun. */
const READY = 'READY';

/** Until the next try after one that failed. */
const RETRY_MS = [500, 1500] as const;

/** One shard that connects, waits for its permit, identifies, and some day begins again. */
export class DemoShard {
  readonly #bot: DemoBot;
  readonly #id: number;
  readonly #places: Places;
  readonly #manner: Manner;
  readonly #chance: Chance;
  readonly #client: IdentifyClient;
  #restart = new AbortController();

  constructor(bot: DemoBot, id: number, places: Places, manner: Manner, chance: Chance) {
    this.#bot = bot;
    this.#id = id;
    this.#places = places;
    this.#manner = manner;
    this.#chance = chance;
    this.#client = new IdentifyClient({ url: places.queueUrl, bot: bot.name });
  }

  /** Ends the session it has, or the wait for one; it comes back by itself. */
  restart(): void {
    this.#restart.abort();
  }

  /** Resolves when the signal is aborted, whatever else fails. */
  async live(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      this.#restart = new AbortController();
      const ends = AbortSignal.any([signal, this.#restart.signal]);
      const rest = await this.#session(ends).then(
        () => this.#manner.restsMs,
        () => RETRY_MS,
      );
      await this.#chance.pause(rest, signal).catch(() => undefined);
    }
  }

  async #session(ends: AbortSignal): Promise<void> {
    const gateway = new RawClient(this.#places.gatewayUrl);
    const gone = Promise.race([gateway.closed, aborted(ends)]).then(() => {
      throw new Error('The connection is gone');
    });
    // Whoever waits for it sees it; nobody has to.
    gone.catch(() => undefined);
    try {
      await Promise.race([gateway.next(), gone]);
      const permit = await this.#permit(ends);
      if (permit && this.#chance.happens(this.#manner.givesBack)) {
        await this.#client.release(permit);
        return;
      }
      gateway.identify([this.#id, this.#bot.shards], this.#bot.token);
      const answer = await Promise.race([gateway.next(), gone]);
      if (answer.t !== READY) return;
      const { forgets = false, livesMs } = this.#manner;
      if (permit && !forgets) void this.#client.confirm(permit);
      await Promise.race([livesMs ? this.#chance.pause(livesMs, ends) : gone, gone]);
    } finally {
      gateway.close();
    }
  }

  /** Nothing when it asks in the way in which nothing can be confirmed. */
  async #permit(ends: AbortSignal): Promise<Permit | undefined> {
    const { waitsMs, confirms: confirm, priority } = this.#manner;
    const patience = waitsMs && AbortSignal.timeout(Math.ceil(this.#chance.ms(waitsMs)));
    const signal = patience ? AbortSignal.any([ends, patience]) : ends;
    if (confirm) return this.#client.identify({ shard: this.#id, priority, confirm, signal });
    const url = `${this.#places.queueUrl}/?shard=${this.#id}&bot=${this.#bot.name}`;
    await (await fetch(url, { signal })).arrayBuffer();
    return undefined;
  }
}

function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
