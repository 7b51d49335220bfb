import { compareRanks, type Entry, type Rank } from '@gateway-queue/identify-limiter';
import { type Event, promised, type Watcher } from './event.ts';

interface Holder {
  readonly entry: Entry;
  readonly rank: Rank;
  /** Counts who joined, in order. */
  readonly joined: number;
}

/** How long the limiter under test keeps places, and how many. */
interface Bounds {
  readonly placeTtlMs: number;
  readonly maxPlaces: number;
  readonly deadReplicaMs: number;
}

interface Place extends Holder {
  /** The earliest and the latest moment from which its TTL may count: where a replica died, others learn of it late. */
  readonly leftFrom: number;
  readonly leftTo: number;
  /** Whether it may have been dropped, there being more places than are kept. */
  doubtful: boolean;
}

/** P6: knows who waits and who left, and what rank each newcomer must have for that. */
export class PlaceWatcher implements Watcher {
  /** By bot and ticket. */
  readonly #waiting = new Map<string, Holder>();
  readonly #used = new Map<string, Holder>();
  #places = new Map<string, Place>();
  #joined = 0;
  readonly #newest = new Map<string, Rank>();

  constructor(private readonly bounds: Bounds) {}

  see(event: Event): void {
    const { at } = event;
    this.#places = new Map(
      [...this.#places].filter(([, { leftTo }]) => at - leftTo <= this.bounds.placeTtlMs),
    );
    if (event.kind === 'entered') this.#judge(event);
    if (event.kind === 'left') this.#leave(this.#waiting.get(keyOf(event.bot, event.rank)), at);
    if (event.kind === 'answered' && event.answer.granted) {
      const key = keyOf(event.attempt.bot, event.attempt.rank);
      const holder = this.#waiting.get(key);
      if (holder !== undefined) this.#used.set(event.answer.id, holder);
      this.#waiting.delete(key);
    }
    if (event.kind === 'released' && event.done) {
      this.#leave(this.#used.get(event.permit.id), at);
      this.#used.delete(event.permit.id);
    }
    if (event.kind === 'restarted') {
      this.#prolongDoubts(event);
      for (const holder of this.#waiting.values()) {
        this.#leave(holder, at, at + this.bounds.deadReplicaMs);
      }
      // On another timeline the same moments have other numbers.
      if (event.rebooted) this.#newest.clear();
    }
  }

  /** Those who would have learned of a replica's death ended before they did: others have to learn of it from the start on. */
  #prolongDoubts({ at, endedAt }: Event & { kind: 'restarted' }): void {
    for (const [key, place] of this.#places) {
      if (place.leftTo <= endedAt) continue;
      this.#places.set(key, { ...place, leftTo: at + this.bounds.deadReplicaMs });
    }
  }

  #judge({ at, entry, rank }: Event & { kind: 'entered' }): void {
    const key = keyOf(entry.bot, rank);
    promised(rank.priority === entry.priority, "P6: not the request's own priority");
    const ofShard = [...this.#places.values()].filter((place) => isSameShard(place.entry, entry));
    const certain = ofShard.filter((place) => this.#isCertain(place, at));
    const place = this.#places.get(key);
    if (place === undefined) {
      promised(certain.length === 0, 'P6: a new rank in spite of a place');
      this.#judgeNew(entry.bot, rank);
    } else {
      promised(ofShard.includes(place), "P6: another shard's place");
      promised(!certain.includes(place) || isFirst(place, certain), 'P6: not the first place');
    }
    const joined = place?.joined ?? this.#joined++;
    this.#places.delete(key);
    this.#waiting.set(key, { entry, rank, joined });
  }

  #isCertain({ doubtful, leftFrom, leftTo }: Place, at: number): boolean {
    return !doubtful && at >= leftTo && at - leftFrom < this.bounds.placeTtlMs;
  }

  #judgeNew(bot: string, rank: Rank): void {
    const newest = this.#newest.get(bot);
    promised(!this.#waiting.has(keyOf(bot, rank)), 'P4: a ticket that another entry holds');
    if (newest !== undefined) {
      const behind = compareRanks({ ...rank, priority: 'high' }, { ...newest, priority: 'high' });
      promised(behind > 0, 'P4: a newcomer that does not go behind');
    }
    this.#newest.set(bot, rank);
  }

  #leave(holder: Holder | undefined, leftFrom: number, leftTo = leftFrom): void {
    if (holder === undefined) return;
    const key = keyOf(holder.entry.bot, holder.rank);
    this.#waiting.delete(key);
    this.#places.set(key, { ...holder, leftFrom, leftTo, doubtful: false });
    if (this.#places.size <= this.bounds.maxPlaces) return;
    for (const place of this.#places.values()) place.doubtful = true;
  }
}

function keyOf(bot: string, { ticket }: Rank): string {
  return `${bot} ${ticket}`;
}

function isSameShard(one: Entry, other: Entry): boolean {
  return one.bot === other.bot && one.shard === other.shard;
}

/** Whether its shard joined before those of the other places, whatever their priorities. */
function isFirst(place: Place, places: readonly Place[]): boolean {
  return !places.some((other) => other.joined < place.joined);
}
