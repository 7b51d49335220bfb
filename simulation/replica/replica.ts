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

/** What a replica stands on. */
export interface Surroundings {
  readonly clock: Clock;
  readonly random: Random;
  readonly history: History;
  readonly server: Server;
  /** A limiter of this name, right beside the store. */
  readonly limiterOf: (replica: string) => Limiter;
  /** Asks beside the store since when what a replica enters is on record there. */
  readonly onRecordSince: (bot: string, replica: string) => number;
  readonly bots: readonly string[];
  readonly intervalMs: number;
}

/** One process of the service: the real queue, and what stands for its endpoints. */
export class Replica {
  readonly process: SimulatedProcess;
  readonly limiter: RemoteLimiter;
  readonly #queue: IdentifyQueue;
  readonly #view: Limiter;
  readonly #connections = new Set<Connection>();
  readonly #onRecordSince = new Map<string, number>();
  #requests = 0;

  /** @param name unlike that of any other process, also of those that were killed */
  constructor(
    readonly name: string,
    private readonly around: Surroundings,
  ) {
    const { clock, history, intervalMs, limiterOf, server } = around;
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

  /** A client asks; its request is on its way. `onHeld` is told its name once it has arrived. */
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

  /** Something else that a client asks of the service. Rejects when there is no answer. */
  call<T>(run: () => Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      this.#travel(() => {
        if (this.process.isKilled) reject(new Error('nobody there'));
        else this.process.deliver(() => void run().then(resolve, reject));
      });
    });
  }

  /** The client goes; the replica learns of it after so many ms. */
  hangUp(connection: Connection, noticedAfterMs: number): void {
    connection.hangUp();
    this.around.clock.setTimer(noticedAfterMs, () =>
      this.process.deliver(() => connection.noticeHangUp()),
    );
  }

  kill(): void {
    this.process.kill();
    this.around.history.add({ kind: 'killed', replica: this.name });
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
    const { history } = this.around;
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
      this.#conclude(connection, name, permit);
    } catch (error) {
      const isOver = error instanceof WaitOverError;
      history.add({ kind: 'ended', request: name, with: isOver ? 'wait over' : 'hung up' });
      if (isOver) this.#travel(() => connection.answer({ kind: 'not yet' }));
    }
    this.#connections.delete(connection);
  }

  #conclude(connection: Connection, request: string, permit: GivenPermit): void {
    const { history } = this.around;
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
      const heartbeats = this.around.bots.map((bot) => this.#heartbeatFor(bot));
      void Promise.allSettled(heartbeats).then(() => this.#heartbeat());
    });
  }

  async #heartbeatFor(bot: string): Promise<void> {
    const { onRecordSince, server } = this.around;
    const since = await server.ask(this.process, this.name, async () => {
      await this.#view.leads(bot);
      return onRecordSince(bot, this.name);
    });
    const before = this.#onRecordSince.get(bot);
    this.#onRecordSince.set(bot, since);
    if (before !== undefined && before !== since) this.limiter.entriesLost(bot);
  }

  /** Between the client and the service, where connections are watched over by TCP: slow, but nothing is lost in between. */
  #travel(arrive: () => void): void {
    this.around.clock.setTimer(this.around.random.between(0.5, 3), arrive);
  }
}
