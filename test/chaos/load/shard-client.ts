import { Agent } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

import { monotonicNow } from '../../support/discord/index.ts';
import type { PermitRequest, ShardWait } from '../history.ts';
import { outcomeOf, wasAccepted } from './answers.ts';
import type { SessionStartCounter } from './session-start-counter.ts';
import { exchange } from './exchange.ts';
import type { EventLoopMonitor } from './event-loop-monitor.ts';
import { pickBehaviour, type ClientBehaviour } from './behaviour.ts';

/** What all clients of a run share. */
export interface Load {
  /** The URLs of the replicas. */
  readonly urls: readonly string[];
  readonly sessionStarts: SessionStartCounter;
  readonly loop: EventLoopMonitor;
  readonly requests: PermitRequest[];
  readonly shardWaits: ShardWait[];
  /** Aborts when the last fault is over: shards that wait go on, and no shard asks for another permit. */
  readonly faultsOver: AbortSignal;
  /** Aborts when the run ends. */
  readonly over: AbortSignal;
}

/** A client releases a permit that it has had for longer than this, ms. */
const STALE_MS = 500;

/** How long a client tries to confirm or release its permit, ms. */
const REPORT_MS = 1500;

/** A shard that identifies again and again, or a client that does not name its shard. */
export class ShardClient {
  /** Keeps the connections of `/v1` alive. */
  readonly #agent = new Agent({ keepAlive: true });

  constructor(
    private readonly load: Load,
    private readonly bot: string,
    private readonly shard: number | null,
    private readonly random: () => number,
  ) {}

  /** Resolves when faults are over and the shard has its last permit, or when the run ends. */
  async run(): Promise<void> {
    const { faultsOver, over, shardWaits } = this.load;
    while (!faultsOver.aborted) {
      await this.#pause(0, 1500);
      if (faultsOver.aborted) break;
      const shardWait: ShardWait = {
        bot: this.bot,
        shard: this.shard,
        from: monotonicNow(),
        to: Infinity,
      };
      shardWaits.push(shardWait);
      while (!over.aborted && shardWait.to === Infinity) {
        const behaviour = pickBehaviour(this.random, faultsOver.aborted, this.shard !== null);
        const request = await this.#ask(behaviour);
        if (request.outcome !== 'permit') continue;
        shardWait.to = request.endedAt;
        await this.#use(request, behaviour);
      }
    }
    this.#agent.destroy();
  }

  /** Asks once. Resolves when the client may ask again. */
  async #ask(behaviour: ClientBehaviour): Promise<PermitRequest> {
    const { requests, loop, over, urls } = this.load;
    const { path, confirm, priority, patienceMs } = behaviour;
    const replica = Math.floor(this.random() * urls.length);
    const request: PermitRequest = {
      number: requests.length,
      bot: this.bot,
      shard: this.shard,
      replica,
      path,
      confirm,
      priority,
      askedAt: monotonicNow(),
      endedAt: Infinity,
      outcome: 'held',
      uncertaintyMs: 0,
    };
    requests.push(request);
    const [method, url] = this.#requestOf(request, behaviour.maxWaitMs);
    const patience = AbortSignal.any([over, AbortSignal.timeout(patienceMs)]);
    const answer = await exchange(method, url, path === '/' ? false : this.#agent, patience, loop);
    // A request that still waits at the end of the run stays held in the history.
    if (over.aborted && 'endedBy' in answer) return request;
    request.endedAt = answer.at;
    request.uncertaintyMs = answer.uncertaintyMs;
    Object.assign(request, outcomeOf(path, answer));
    if (request.outcome === 'not-yet' && 'status' in answer) await sleep(answer.retryAfterMs);
    else if (request.outcome !== 'permit') await this.#pause(20, 400);
    return request;
  }

  #requestOf(
    { replica, path, confirm, priority }: PermitRequest,
    maxWaitMs: number,
  ): [string, string] {
    const url = this.load.urls[replica];
    const query = new URLSearchParams({ bot: this.bot });
    if (this.shard !== null) query.set('shard', String(this.shard));
    if (path === '/') return ['GET', `${url}/?${query.toString()}`];
    query.set('confirm', String(confirm));
    query.set('priority', priority);
    query.set('maxWaitMs', String(maxWaitMs));
    return ['POST', `${url}/v1/identify?${query.toString()}`];
  }

  async #use(request: PermitRequest, behaviour: ClientBehaviour): Promise<void> {
    if (!request.confirm) {
      if (behaviour.use === 'release') await this.#release(request);
      else this.load.sessionStarts.identify(request);
      return;
    }
    await sleep(behaviour.networkMs);
    if (behaviour.use === 'release' || monotonicNow() - request.endedAt > STALE_MS) {
      await this.#release(request);
      return;
    }
    this.load.sessionStarts.identify(request);
    await sleep(behaviour.networkMs);
    const readyAt = monotonicNow();
    if (!behaviour.confirms) return;
    const acceptedAt = await this.#send('POST', `/v1/permits/${request.permit?.id}/confirm`);
    if (acceptedAt !== undefined) request.confirmed = { readyAt, at: acceptedAt };
  }

  async #release(request: PermitRequest): Promise<void> {
    request.released = true;
    await this.#send('DELETE', `/v1/permits/${request.permit?.id}`);
  }

  /** Sends a confirm or a release to any replica, until one accepts it. Returns when it did; undefined when none did. */
  async #send(method: string, path: string): Promise<number | undefined> {
    const { loop, over, urls } = this.load;
    const deadline = monotonicNow() + REPORT_MS;
    while (monotonicNow() < deadline) {
      const url = `${urls[Math.floor(this.random() * urls.length)]}${path}`;
      const patience = AbortSignal.any([over, AbortSignal.timeout(REPORT_MS / 2)]);
      const answer = await exchange(method, url, this.#agent, patience, loop);
      const answered = wasAccepted(answer);
      if (answered !== undefined) return answered ? answer.at : undefined;
      await this.#pause(20, 100);
    }
    return undefined;
  }

  #pause(minMs: number, maxMs: number): Promise<void> {
    return sleep(minMs + this.random() * (maxMs - minMs));
  }
}
