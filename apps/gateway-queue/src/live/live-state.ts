import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import { CLOCK, type Clock } from '../store/store.tokens.ts';
import type { SnapshotBody } from './bodies/snapshot.body.ts';
import { type Members, mergePatch } from './merge-patch.ts';
import { type LiveBody, SnapshotMaker } from './snapshot-maker.ts';
import { TICK_MS, Ticker } from '../time/ticker.ts';

/** After a request for the state it is kept up to date for so long, in ms. */
const ASKED_MS = 5000;

/** A snapshot counts as current for so long, in ms: the next tick takes some time. */
const CURRENT_MS = 2 * TICK_MS;

/** One read of everything. */
export interface LiveTick {
  readonly snapshot: SnapshotBody;
  /** The patch of the snapshot before (RFC 7396); undefined when nothing changed, or there was none before. */
  readonly patch: Members | undefined;
}

/**
 * The state of all replicas. It is read once a second, however many clients there are, and only while there are clients.
 * Versions count from 1 in each process.
 */
@Injectable()
export class LiveState implements OnModuleDestroy {
  readonly #ticker: Ticker;
  readonly #listeners: ((tick: LiveTick) => void)[] = [];
  #current: SnapshotBody | undefined;
  /** When the current snapshot was read, on this process's clock. */
  #currentAt = -Infinity;
  #askedAt = -Infinity;
  #watchers = 0;

  constructor(
    @Inject(SnapshotMaker) private readonly maker: Pick<SnapshotMaker, 'make'>,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {
    this.#ticker = new Ticker(
      clock,
      () => this.#tick(),
      () => this.#watchers > 0 || clock.now() - this.#askedAt < ASKED_MS,
    );
  }

  /** Calls `listener` at every tick. */
  onTick(listener: (tick: LiveTick) => void): void {
    this.#listeners.push(listener);
  }

  /**
   * Keeps the state up to date until the returned function is called.
   *
   * @returns ends that
   */
  watch(): () => void {
    this.#watchers += 1;
    this.#ticker.start();
    let watching = true;
    return () => {
      if (watching) this.#watchers -= 1;
      watching = false;
    };
  }

  /** The snapshot of this tick; undefined when there was no client lately. */
  get current(): SnapshotBody | undefined {
    return this.clock.now() - this.#currentAt < CURRENT_MS ? this.#current : undefined;
  }

  /** The snapshot of this tick. Never rejects: while the store is away, the snapshot says so. */
  async snapshot(): Promise<SnapshotBody> {
    this.#askedAt = this.clock.now();
    this.#ticker.start();
    return this.current ?? (await this.#next());
  }

  /** After a change by an operator: reads anew, so that later calls see the change. */
  async refresh(): Promise<void> {
    if (this.current !== undefined) await this.#ticker.again();
  }

  async onModuleDestroy(): Promise<void> {
    await this.#ticker.stop();
  }

  async #next(): Promise<SnapshotBody> {
    await this.#ticker.now();
    // There are no ticks any more once the service ends.
    return this.#current ?? this.#replace(await this.maker.make(undefined)).snapshot;
  }

  async #tick(): Promise<void> {
    const tick = this.#replace(await this.maker.make(this.#current));
    for (const listener of this.#listeners) listener(tick);
  }

  /** Keeps the present snapshot, with its version, when nothing has changed. */
  #replace(body: LiveBody): LiveTick {
    const before = this.#current;
    const patch = before && mergePatch(changingPartOf(before), changingPartOf(body));
    this.#currentAt = this.clock.now();
    if (before !== undefined && patch === undefined) return { snapshot: before, patch };
    const snapshot = { version: (before?.version ?? 0) + 1, ...body };
    this.#current = snapshot;
    const { at, version } = snapshot;
    return { snapshot, patch: patch && { version, at, ...patch } };
  }
}

/** What makes for another version when it changes. */
function changingPartOf({ bots, limiter, replicas }: LiveBody): Omit<LiveBody, 'at'> {
  return { bots, limiter, replicas };
}
