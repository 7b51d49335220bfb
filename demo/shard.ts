import { IdentifyClient, type Permit } from '../libs/client/src/index.ts';
import { RawClient } from '../test/support/discord/raw-client.ts';
import type { DemoBot } from './bots.ts';
import type { DemoRandom } from './demo-random.ts';
import type { Behaviour } from './behaviours.ts';

/** The addresses that a shard connects to. */
export interface Endpoints {
  readonly queueUrl: string;
  readonly gatewayUrl: string;
}

/** The gateway's event for a session that has begun. */
const READY = 'READY';

/** The time from a failure to the next try. */
const RETRY_MS = [500, 1500] as const;

/** One shard: it connects, waits for its permit, identifies, stays connected for a while, and begins again. */
export class DemoShard {
  readonly #bot: DemoBot;
  readonly #id: number;
  readonly #endpoints: Endpoints;
  readonly #behaviour: Behaviour;
  readonly #random: DemoRandom;
  readonly #client: IdentifyClient;
  #restart = new AbortController();

  constructor(
    bot: DemoBot,
    id: number,
    endpoints: Endpoints,
    behaviour: Behaviour,
    random: DemoRandom,
  ) {
    this.#bot = bot;
    this.#id = id;
    this.#endpoints = endpoints;
    this.#behaviour = behaviour;
    this.#random = random;
    this.#client = new IdentifyClient({ url: endpoints.queueUrl, bot: bot.name });
  }

  /** Ends the session, or the wait for one. The shard then connects again by itself. */
  restart(): void {
    this.#restart.abort();
  }

  /** Connects again and again. Resolves when the signal is aborted; failures do not end it. */
  async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      this.#restart = new AbortController();
      const ends = AbortSignal.any([signal, this.#restart.signal]);
      const delay = await this.#session(ends).then(
        () => this.#behaviour.reconnectMs,
        () => RETRY_MS,
      );
      await this.#random.sleep(delay, signal).catch(() => undefined);
    }
  }

  async #session(ends: AbortSignal): Promise<void> {
    const gateway = new RawClient(this.#endpoints.gatewayUrl);
    const gone = Promise.race([gateway.closed, aborted(ends)]).then(() => {
      throw new Error('The connection is gone');
    });
    // Each race with `gone` sees the rejection. Without a race it must not count as unhandled.
    gone.catch(() => undefined);
    try {
      await Promise.race([gateway.next(), gone]);
      const permit = await this.#permit(ends);
      if (permit && this.#random.happens(this.#behaviour.releaseProbability)) {
        await this.#client.release(permit);
        return;
      }
      gateway.identify([this.#id, this.#bot.shards], this.#bot.token);
      const answer = await Promise.race([gateway.next(), gone]);
      if (answer.t !== READY) return;
      const { neverConfirms = false, connectedMs } = this.#behaviour;
      if (permit && !neverConfirms) void this.#client.confirm(permit);
      await Promise.race([connectedMs ? this.#random.sleep(connectedMs, ends) : gone, gone]);
    } finally {
      gateway.close();
    }
  }

  /** Resolves to undefined when the shard asks on `/`, where a permit cannot be confirmed. */
  async #permit(ends: AbortSignal): Promise<Permit | undefined> {
    const { patienceMs, confirms: confirm, priority } = this.#behaviour;
    const patience = patienceMs && AbortSignal.timeout(Math.ceil(this.#random.ms(patienceMs)));
    const signal = patience ? AbortSignal.any([ends, patience]) : ends;
    if (confirm) return this.#client.identify({ shard: this.#id, priority, confirm, signal });
    const url = `${this.#endpoints.queueUrl}/?shard=${this.#id}&bot=${this.#bot.name}`;
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
