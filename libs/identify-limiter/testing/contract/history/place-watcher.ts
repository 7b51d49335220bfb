import { compareRanks, type Entry, type Rank } from '@gateway-queue/identify-limiter';
import { type Event, promised, type Watcher } from './event.ts';

interface Holder {
  readonly entry: Entry;
  readonly ticket: number;
  /** Counts who joined, in order. */
  readonly joined: number;
}

interface Place extends Holder {
  readonly leftAt: number;
  /** Whether it may have been dropped, there being more places than are kept. */
  doubtful: boolean;
}

/** P6: knows who waits and who left, and what rank each newcomer must have for that. */
export class PlaceWatcher implements Watcher {
  readonly #waiting = new Map<number, Holder>();
  readonly #used = new Map<string, Holder>();
  #places = new Map<number, Place>();
  #joined = 0;
  #newest: Rank | undefined;

  constructor(
    private readonly ttlMs: number,
    private readonly maxPlaces: number,
  ) {}

  see(event: Event): void {
    const { at } = event;
    this.#places = new Map([...this.#places].filter(([, { leftAt }]) => at - leftAt <= this.ttlMs));
    if (event.kind === 'entered') this.#judge(event);
    if (event.kind === 'left') this.#leave(this.#waiting.get(event.rank.ticket), at);
    if (event.kind === 'answered' && event.answer.granted) {
      const holder = this.#waiting.get(event.attempt.rank.ticket);
      if (holder !== undefined) this.#used.set(event.answer.id, holder);
      this.#waiting.delete(event.attempt.rank.ticket);
    }
    if (event.kind === 'gave back' && event.done) {
      this.#leave(this.#used.get(event.permit.id), at);
      this.#used.delete(event.permit.id);
    }
    if (event.kind === 'restarted') {
      for (const holder of this.#waiting.values()) this.#leave(holder, at);
      // On another timeline the same moments have other numbers.
      if (event.rebooted) this.#newest = undefined;
    }
  }

  #judge({ at, entry, rank }: Event & { kind: 'entered' }): void {
    const { ticket } = rank;
    promised(rank.priority === entry.priority, "P6: not the request's own priority");
    const ofShard = [...this.#places.values()].filter((place) => isSameShard(place.entry, entry));
    const certain = ofShard.filter((place) => !place.doubtful && at - place.leftAt < this.ttlMs);
    const place = this.#places.get(ticket);
    if (place === undefined) {
      promised(certain.length === 0, 'P6: a new rank in spite of a place');
      this.#judgeNew(rank);
    } else {
      promised(ofShard.includes(place), "P6: another shard's place");
      promised(!certain.includes(place) || isFirst(place, certain), 'P6: not the first place');
    }
    const joined = place?.joined ?? this.#joined++;
    this.#places.delete(ticket);
    this.#waiting.set(ticket, { entry, ticket, joined });
  }

  #judgeNew(rank: Rank): void {
    promised(!this.#waiting.has(rank.ticket), 'P4: a ticket that somebody has');
    if (this.#newest !== undefined) {
      const behind = compareRanks(
        { ...rank, priority: 'high' },
        { ...this.#newest, priority: 'high' },
      );
      promised(behind > 0, 'P4: a newcomer that does not go behind');
    }
    this.#newest = rank;
  }

  #leave(holder: Holder | undefined, leftAt: number): void {
    if (holder === undefined) return;
    this.#waiting.delete(holder.ticket);
    this.#places.set(holder.ticket, { ...holder, leftAt, doubtful: false });
    if (this.#places.size <= this.maxPlaces) return;
    for (const place of this.#places.values()) place.doubtful = true;
  }
}

function isSameShard(one: Entry, other: Entry): boolean {
  return one.bot === other.bot && one.shard === other.shard;
}

/** Whether it may be taken first: by priority and time, or, since the new request has its own priority, by time alone. */
function isFirst(place: Place, places: readonly Place[]): boolean {
  const isBefore = (other: Place) => other.joined < place.joined;
  const isAsUrgent = (other: Place) => other.entry.priority === place.entry.priority;
  const isMoreUrgent = (other: Place) => !isAsUrgent(other) && other.entry.priority === 'high';
  const firstByRank = !places.some(
    (other) => isMoreUrgent(other) || (isAsUrgent(other) && isBefore(other)),
  );
  return firstByRank || !places.some(isBefore);
}
