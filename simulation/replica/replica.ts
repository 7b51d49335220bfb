import { type Clock, HEARTBEAT_MS } from '@gateway-queue/identify-limiter';
import type { Limiter } from '@gateway-queue/identify-limiter/testing';
import {
  type GivenPermit,
  IdentifyQueue,
  type IdentifyRequest,
  WaitOverError,
} from '@gateway-queue/identify-queue';
import type { History } from '../history/history.ts';
import { SimulatedProcess } from '../process.ts';
import type { Random } from '../random.ts';
import { RecordedLimiter } from '../store/recorded-limiter.ts';
import type { Server } from '../store/server.ts';
import { Connection } from './connection.ts';
import { RemoteLimiter } from './remote-limiter.ts';

/** What all replicas of a run share. */
export interface Environment {
  readonly clock: Clock;
  readonly random: Random;
  readonly history: History;
  readonly server: Server;
  /** The limiter of this replica at the store's side of the network. */
  readonly limiterOf: (replica: string) => Limiter;
  /** Since when the store has a replica's entries on record, asked at the store's side of the network. */
  readonly onRecordSince: (bot: string, replica: string) => number;
  readonly bots: readonly string[];
  readonly intervalMs: number;
}

/** One process of the service: the real queue, with simulated endpoints. */
export class Replica {
  readonly process: SimulatedProcess;
  readonly limiter: RemoteLimiter;
  readonly #queue: IdentifyQueue;
  readonly #view: Limiter;
  readonly #connections = new Set<Connection>();
  readonly #onRecordSince = new Map<string, number>();
  #requests = 0;

  /** @param name no other process has it, killed ones included */
  constructor(
    readonly name: string,
    private readonly environment: Environment,
  ) {
    const { clock, history, intervalMs, limiterOf, server } = environment;
    this.process = new SimulatedProcess(clock);
    this.#view = limiterOf(name);
    this.limiter = new RemoteLimiter(
      server,
      this.process,
      new RecordedLimiter(this.#view, name, history),
    );
    this.#queue = new IdentifyQueue({
      limiter: this.limiter,
      clock: this.process,
      intervalMs,
      onLimiterError: () => undefined,
    });
    history.add({ kind: 'started', replica: name });
    this.#heartbeat();
  }

  /** How many requests it holds. */
  get size(): number {
    return this.process.isKilled ? 0 : this.#queue.size;
  }

  /** A client sends a request. `onHeld` gets its name once the request has arrived. */
  ask(
    request: IdentifyRequest,
    maxWaitMs: number | undefined,
    onHeld: (name: string) => void,
  ): Connection {
    const connection = new Connection();
    this.#travel(() => {
      if (this.process.isKilled) {
        this.#travel(() => connection.answer({ kind: 'broken' }));
        return;
      }
      this.#connections.add(connection);
      this.process.deliver(() => void this.#hold(connection, request, maxWaitMs, onHeld));
    });
    return connection;
  }

  /** A client calls another endpoint of the service. Rejects when there is no answer. */
  call<T>(run: () => Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      this.#travel(() => {
        if (this.process.isKilled) reject(new Error('the replica was killed'));
        else this.process.deliver(() => void run().then(resolve, reject));
      });
    });
  }

  /** The client hangs up; the replica learns of it after so many ms. */
  hangUp(connection: Connection, noticedAfterMs: number): void {
    connection.hangUp();
    this.environment.clock.setTimer(noticedAfterMs, () =>
      this.process.deliver(() => connection.noticeHangUp()),
    );
  }

  kill(): void {
    this.process.kill();
    this.environment.history.add({ kind: 'killed', replica: this.name });
    for (const connection of this.#connections) {
      this.#travel(() => connection.answer({ kind: 'broken' }));
    }
  }

  async #hold(
    connection: Connection,
    request: IdentifyRequest,
    maxWaitMs: number | undefined,
    onHeld: (name: string) => void,
  ): Promise<void> {
    const { history } = this.environment;
    if (connection.signal.aborted) return;
    this.#requests += 1;
    const name = `${this.name}/${this.#requests}`;
    const { bot, confirm = false, shard } = request;
    history.add({ kind: 'held', request: name, bot, shard, confirm });
    onHeld(name);
    connection.signal.addEventListener('abort', () =>
      history.add({ kind: 'hang-up noticed', request: name }),
    );
    try {
      const permit = await this.#queue.wait(request, connection.signal, maxWaitMs);
      history.add({ kind: 'ended', request: name, with: history.nameOf(permit.id) });
      this.#deliver(connection, name, permit);
    } catch (error) {
      const isOver = error instanceof WaitOverError;
      history.add({ kind: 'ended', request: name, with: isOver ? 'wait over' : 'hung up' });
      if (isOver) this.#travel(() => connection.answer({ kind: 'not yet' }));
    }
    this.#connections.delete(connection);
  }

  #deliver(connection: Connection, request: string, permit: GivenPermit): void {
    const { history } = this.environment;
    const named = { request, permit: history.nameOf(permit.id) };
    if (connection.signal.aborted) {
      history.add({ kind: 'undeliverable', ...named });
      this.#queue.release(permit);
      return;
    }
    this.#travel(() => {
      const arrived = connection.answer({ kind: 'permit', permit });
      history.add({ kind: arrived ? 'received' : 'answer lost', ...named });
    });
  }

  #heartbeat(): void {
    this.process.setTimer(HEARTBEAT_MS, () => {
      const heartbeats = this.environment.bots.map((bot) => this.#heartbeatFor(bot));
      void Promise.allSettled(heartbeats).then(() => this.#heartbeat());
    });
  }

  async #heartbeatFor(bot: string): Promise<void> {
    const { onRecordSince, server } = this.environment;
    const since = await server.ask(this.process, this.name, async () => {
      await this.#view.leads(bot);
      return onRecordSince(bot, this.name);
    });
    const before = this.#onRecordSince.get(bot);
    this.#onRecordSince.set(bot, since);
    if (before !== undefined && before !== since) this.limiter.entriesLost(bot);
  }

  /** A message between client and service takes its time. TCP sees to it that none is lost. */
  #travel(arrive: () => void): void {
    this.environment.clock.setTimer(this.environment.random.between(0.5, 3), arrive);
  }
}
