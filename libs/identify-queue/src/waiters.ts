import { bucketOf, compareRanks, type Limits, type Rank } from '@gateway-queue/identify-limiter';
import { BucketLine } from './bucket-line.ts';
import { SameShard } from './same-shard.ts';
import {
  isRanked,
  type LastDenial,
  type RankedWaiter,
  type WaitEnd,
  type Waiter,
  type WaiterState,
} from './waiter.ts';

/**
 * Until the limiter has named the limits, all waiters are in one line. Its first question carries a version that no
 * limits have, so that the answer brings them.
 */
const UNKNOWN_LIMITS = { version: 0, maxConcurrency: 1 };

/**
 * All waiters of one bot: those that have no rank yet, and the lines of its buckets. It alone changes a waiter's
 * state.
 *
 * A change may put another waiter at the head of a line, or give the head another rank. Then the changing method
 * returns that line, so that the caller has the limiter asked for its head.
 */
export class Waiters {
  #limits: Pick<Limits, 'version' | 'maxConcurrency'> = UNKNOWN_LIMITS;
  #lines = new Map<number, BucketLine>();
  #size = 0;
  /** In the order in which the requests came. */
  readonly #joining = new Set<Waiter>();
  readonly #sameShard = new SameShard();

  /** @param intervalMs ms between two permits of a bucket */
  constructor(private readonly intervalMs: number) {}

  get size(): number {
    return this.#size;
  }

  /** The waiters that have no rank yet, in the order in which their requests came. */
  get joining(): Iterable<Waiter> {
    return this.#joining;
  }

  /** The lines of all buckets that have had a waiter since the limits last changed. */
  get lines(): readonly BucketLine[] {
    return Array.from(this.#lines.values());
  }

  /** The bucket's line, if it has had a waiter since the limits last changed. */
  line(bucket: number): BucketLine | undefined {
    return this.#lines.get(bucket);
  }

  /** The line of the waiter's bucket. */
  lineOf(waiter: Waiter): BucketLine {
    const bucket = this.bucketOf(waiter);
    const existing = this.#lines.get(bucket);
    if (existing !== undefined) return existing;
    const line = new BucketLine(bucket, this.#limits.version, this.intervalMs);
    this.#lines.set(bucket, line);
    return line;
  }

  bucketOf({ entry }: Waiter): number {
    return bucketOf(entry.shard, this.#limits.maxConcurrency);
  }

  /** The waiter with this entry. */
  find(entryId: string): Waiter | undefined {
    for (const waiter of this.#all()) if (waiter.entry.id === entryId) return waiter;
    return undefined;
  }

  /**
   * The first ranked waiter of the shard; undefined for requests that name no shard, since each of them may be any.
   */
  firstOf(shard: number | null): RankedWaiter | undefined {
    return this.#sameShard.firstOf(shard);
  }

  /** The waiter that gets a place of this shard: the first ranked one, else the first that is joining. */
  takerOf(shard: number): Waiter | undefined {
    const ranked = this.#sameShard.firstOf(shard);
    if (ranked !== undefined) return ranked;
    for (const waiter of this.#joining) if (waiter.entry.shard === shard) return waiter;
    return undefined;
  }

  /** All ranked waiters, those that go first in their buckets first. */
  inTurn(): RankedWaiter[] {
    return this.lines
      .flatMap((line) => Array.from(line.waiters(), (waiter, position) => ({ waiter, position })))
      .toSorted(
        (a, b) => a.position - b.position || compareRanks(a.waiter.state.rank, b.waiter.state.rank),
      )
      .map(({ waiter }) => waiter);
  }

  /** A request came. Its state is `joining`. */
  add(waiter: Waiter): void {
    this.#joining.add(waiter);
    this.#size += 1;
  }

  /** The limiter holds this rank for the waiter, whether or not it had one before. */
  enrolled(waiter: Waiter, rank: Rank): BucketLine | undefined {
    const line = this.lineOf(waiter);
    const before = line.head?.state;
    if (isRanked(waiter)) {
      this.#move(line, waiter, rank);
    } else if (waiter.state.kind === 'joining') {
      this.#joining.delete(waiter);
      this.#insert(line, waiter, rank);
    }
    return changedHead(line, before);
  }

  /**
   * The limiter throttles the waiter's shard: the waiters behind it pass it.
   *
   * @param cancelReturn cancels the timer by which the caller has the waiter {@link resume}
   */
  throttle(waiter: RankedWaiter, denial: LastDenial, cancelReturn: () => void): void {
    const line = this.lineOf(waiter);
    line.line.remove(waiter);
    const { rank } = waiter.state;
    line.throttled.add(withState(waiter, { kind: 'throttled', rank, denial, cancelReturn }));
  }

  /** The limiter is to be asked again for a throttled waiter: it goes back into its line. */
  resume(waiter: RankedWaiter): BucketLine | undefined {
    if (waiter.state.kind !== 'throttled') return undefined;
    const line = this.lineOf(waiter);
    const before = line.head?.state;
    const { rank, cancelReturn } = waiter.state;
    cancelReturn();
    line.throttled.delete(waiter);
    line.line.add(withState(waiter, { kind: 'waiting', rank }));
    return changedHead(line, before);
  }

  /**
   * Ends a wait. When the waiter left and another request of its shard waits, the shard has come back already: that
   * request takes the rank over, if it gains by it.
   */
  end(waiter: Waiter, end: WaitEnd): BucketLine | undefined {
    if (waiter.state.kind === 'done') return undefined;
    this.#size -= 1;
    if (!isRanked(waiter)) {
      this.#joining.delete(waiter);
      withState(waiter, { kind: 'done', end, rank: null });
      return undefined;
    }
    const line = this.lineOf(waiter);
    const before = line.head?.state;
    const { rank } = waiter.state;
    this.#remove(line, waiter);
    withState(waiter, { kind: 'done', end, rank });
    if (end === 'left') this.#passOn(line, waiter.entry.shard, rank);
    return changedHead(line, before);
  }

  /**
   * Puts all ranked waiters into the lines of other limits. Throttled waiters go into their lines too: the limiter says
   * anew whether it throttles them.
   *
   * @returns the new lines, the one with the first head first; undefined when these are the limits by which the
   * waiters stand in line already
   */
  adopt(limits: Limits): readonly BucketLine[] | undefined {
    if (limits.version === this.#limits.version) return undefined;
    const waiters = this.lines.flatMap((line) => Array.from(line.waiters()));
    this.#limits = limits;
    this.#lines = new Map();
    waiters.sort((a, b) => compareRanks(a.state.rank, b.state.rank));
    for (const waiter of waiters) {
      const { rank } = waiter.state;
      if (waiter.state.kind === 'throttled') waiter.state.cancelReturn();
      this.lineOf(waiter).line.add(withState(waiter, { kind: 'waiting', rank }));
    }
    return this.lines;
  }

  *#all(): Generator<Waiter> {
    for (const line of this.#lines.values()) yield* line.waiters();
    yield* this.#joining;
  }

  #insert(line: BucketLine, waiter: Waiter, rank: Rank): void {
    const waiting = withState(waiter, { kind: 'waiting', rank });
    line.line.add(waiting);
    this.#sameShard.add(waiting);
  }

  #remove(line: BucketLine, waiter: RankedWaiter): void {
    this.#sameShard.remove(waiter);
    if (waiter.state.kind === 'throttled') {
      waiter.state.cancelReturn();
      line.throttled.delete(waiter);
    } else {
      line.line.remove(waiter);
    }
  }

  #move(line: BucketLine, waiter: RankedWaiter, rank: Rank): void {
    if (waiter.state.kind === 'throttled') {
      this.#sameShard.remove(waiter);
      this.#sameShard.add(withState(waiter, { ...waiter.state, rank }));
      return;
    }
    this.#remove(line, waiter);
    this.#insert(line, waiter, rank);
  }

  #passOn(line: BucketLine, shard: number | null, rank: Rank): void {
    const heir = this.#sameShard.firstOf(shard);
    if (heir === undefined) return;
    const inherited = { ...rank, priority: heir.entry.priority };
    if (compareRanks(inherited, heir.state.rank) < 0) this.#move(line, heir, inherited);
  }
}

/** Puts the waiter into another state. */
function withState<S extends WaiterState>(
  waiter: Waiter,
  state: S,
): Waiter & { readonly state: S } {
  return Object.assign(waiter, { state });
}

/** The line, if its head was in another state before. */
function changedHead(line: BucketLine, before: WaiterState | undefined): BucketLine | undefined {
  return line.head?.state === before ? undefined : line;
}
