import { Agent } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

import { monotonicNow } from '../../support/discord/index.ts';
import type { Ask, Stay } from '../history.ts';
import { endOf, understood } from './answers.ts';
import type { DiscordBook } from './session-start-counter.ts';
import { exchange } from './exchange.ts';
import type { LoopWatch } from './loop-watch.ts';
import { drawManner, type Manner } from './behaviour.ts';

/** What all clients of a run share. */
export interface Load {
  /** Where the replicas are. */
  readonly urls: readonly string[];
  readonly book: DiscordBook;
  readonly loop: LoopWatch;
  readonly asks: Ask[];
  readonly stays: Stay[];
  /** Aborts when nobody is to come any more; who waits goes on. */
  readonly lastCall: AbortSignal;
  /** Aborts when everybody has to be through. */
  readonly over: AbortSignal;
}

/** A permit that was so long on its way or in the client's hands is released; ms. */
const STALE_MS = 500;

/** How long a client tries to tell what became of its permit, ms. */
const TELL_MS = 1500;

/** One shard that identifies time and again, or clients that do not say which they are. */
export class ShardClient {
  /** Connections of `/v1` are used again. */
  readonly #agent = new Agent({ keepAlive: true });

  constructor(
    private readonly load: Load,
    private readonly bot: string,
    private readonly shard: number | null,
    private readonly random: () => number,
  ) {}

  /** Resolves when it has been served after the last call, or all is over. */
  async run(): Promise<void> {
    const { lastCall, over, stays } = this.load;
    while (!lastCall.aborted) {
      await this.#pause(0, 1500);
      if (lastCall.aborted) break;
      const stay: Stay = { bot: this.bot, shard: this.shard, from: monotonicNow(), to: Infinity };
      stays.push(stay);
      while (!over.aborted && stay.to === Infinity) {
        const manner = drawManner(this.random, lastCall.aborted);
        const ask = await this.#ask(manner);
        if (ask.outcome !== 'permit') continue;
        stay.to = ask.endedAt;
        await this.#use(ask, manner);
      }
    }
    this.#agent.destroy();
  }

  /** Asks once, and waits for as long as is due before the next time. */
  async #ask(manner: Manner): Promise<Ask> {
    const { asks, loop, over, urls } = this.load;
    const { path, confirm, priority, patienceMs } = manner;
    const replica = Math.floor(this.random() * urls.length);
    const ask: Ask = {
      number: asks.length,
      bot: this.bot,
      shard: this.shard,
      replica,
      path,
      confirm,
      priority,
      askedAt: monotonicNow(),
      endedAt: Infinity,
      outcome: 'held',
      doubtMs: 0,
    };
    asks.push(ask);
    const [method, url] = this.#requestOf(ask, manner.maxWaitMs);
    const patience = AbortSignal.any([over, AbortSignal.timeout(patienceMs)]);
    const answer = await exchange(method, url, path === '/' ? false : this.#agent, patience, loop);
    // Whom the end of all finds waiting waits for ever.
    if (over.aborted && 'endedBy' in answer) return ask;
    ask.endedAt = answer.at;
    ask.doubtMs = answer.doubtMs;
    Object.assign(ask, endOf(path, answer));
    if (ask.outcome === 'not-yet' && 'status' in answer) await sleep(answer.retryAfterMs);
    else if (ask.outcome !== 'permit') await this.#pause(20, 400);
    return ask;
  }

  #requestOf({ replica, path, confirm, priority }: Ask, maxWaitMs: number): [string, string] {
    const url = this.load.urls[replica];
    const query = new URLSearchParams({ bot: this.bot });
    if (this.shard !== null) query.set('shard', String(this.shard));
    if (path === '/') return ['GET', `${url}/?${query.toString()}`];
    query.set('confirm', String(confirm));
    query.set('priority', priority);
    query.set('maxWaitMs', String(maxWaitMs));
    return ['POST', `${url}/v1/identify?${query.toString()}`];
  }

  async #use(ask: Ask, manner: Manner): Promise<void> {
    if (!ask.confirm) {
      if (manner.use === 'release') await this.#release(ask);
      else this.load.book.identify(ask);
      return;
    }
    await sleep(manner.networkMs);
    if (manner.use === 'release' || monotonicNow() - ask.endedAt > STALE_MS) {
      await this.#release(ask);
      return;
    }
    this.load.book.identify(ask);
    await sleep(manner.networkMs);
    const readyAt = monotonicNow();
    if (!manner.confirms) return;
    const told = await this.#tell('POST', `/v1/permits/${ask.permit?.id}/confirm`);
    if (told !== undefined) ask.confirmed = { readyAt, at: told };
  }

  async #release(ask: Ask): Promise<void> {
    ask.released = true;
    await this.#tell('DELETE', `/v1/permits/${ask.permit?.id}`);
  }

  /** At any replica, until one has understood. Returns when it said so; undefined when none did. */
  async #tell(method: string, path: string): Promise<number | undefined> {
    const { loop, over, urls } = this.load;
    const deadline = monotonicNow() + TELL_MS;
    while (monotonicNow() < deadline) {
      const url = `${urls[Math.floor(this.random() * urls.length)]}${path}`;
      const patience = AbortSignal.any([over, AbortSignal.timeout(TELL_MS / 2)]);
      const answer = await exchange(method, url, this.#agent, patience, loop);
      const answered = understood(answer);
      if (answered !== undefined) return answered ? answer.at : undefined;
      await this.#pause(20, 100);
    }
    return undefined;
  }

  #pause(least: number, most: number): Promise<void> {
    return sleep(least + this.random() * (most - least));
  }
}
