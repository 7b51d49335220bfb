import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import { CLOCK, type Clock } from '../store/store.tokens.ts';
import type { SnapshotBody } from './bodies/snapshot.body.ts';
import { type Members, mergePatch } from './merge-patch.ts';
import { type LiveBody, SnapshotMaker } from './snapshot-maker.ts';
import { TICK_MS, Ticker } from '../time/ticker.ts';

/** So long in ms after somebody asked for it the state is kept up to date for whoever asks next. */
const ASKED_MS = 5000;

/** A snapshot is of this tick for as long in ms: the next one takes its time. */
const CURRENT_MS = 2 * TICK_MS;

/** One look at everything. */
export interface LiveTick {
  readonly snapshot: SnapshotBody;
  /** What became of the snapshot before (RFC 7396); undefined when nothing did, or there was none before. */
  readonly patch: Members | undefined;
}

/**
 * The state of all replicas, looked at once a second, however many look at it, and only while somebody does. Versions
 * count from 1 in each process.
 */
@Injectable()
export class LiveState implements OnModuleDestroy {
  readonly #ticker: Ticker;
  readonly #listeners: ((tick: LiveTick) => void)[] = [];
  #current: SnapshotBody | undefined;
  /** When that was found to be true, on our clock. */
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

  /** Calls `listener` at every tick, whoever it is that looks. */
  onTick(listener: (tick: LiveTick) => void): void {
    this.#listeners.push(listener);
  }

  /**
   * Keeps it ticking.
   *
   * @returns ends that, for this one
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

  /** The snapshot of this tick; undefined when nobody has looked lately. */
  get current(): SnapshotBody | undefined {
    return this.clock.now() - this.#currentAt < CURRENT_MS ? this.#current : undefined;
  }

  /** The snapshot of this tick. Never rejects: while the store is away it says that. */
  async snapshot(): Promise<SnapshotBody> {
    this.#askedAt = this.clock.now();
    this.#ticker.start();
    return this.current ?? (await this.#next());
  }

  /** Somebody has changed something here: whoever asks from now on sees it. */
  async lookAgain(): Promise<void> {
    if (this.current !== undefined) await this.#ticker.again();
  }

  async onModuleDestroy(): Promise<void> {
    await this.#ticker.stop();
  }

  async #next(): Promise<SnapshotBody> {
    await this.#ticker.now();
    // Nothing ticks any more once the service ends.
    return this.#current ?? this.#replace(await this.maker.make(undefined)).snapshot;
  }

  async #tick(): Promise<void> {
    const tick = this.#replace(await this.maker.make(this.#current));
    for (const listener of this.#listeners) listener(tick);
  }

  /** What did not change stays the version that it is. */
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
