import type { Rank } from '@gateway-queue/identify-limiter';
import type { Event, EventOf, TroubleKind } from './event.ts';

/** A permit, from the store's decision to what became of it. Moments in ms since the beginning. */
export interface PermitStory {
  readonly id: string;
  readonly bot: string;
  readonly bucket: number;
  readonly limitsVersion: number;
  readonly shard: number | null;
  readonly confirm: boolean;
  readonly rank: Rank;
  readonly request: string;
  readonly replica: string;
  readonly at: number;
  releasedAt?: number;
  /** When the store took its confirm. */
  confirmedAt?: number;
  /** When the store forgot it. */
  lostAt?: number;
  /** When the store was first told of a confirm, whatever it made of that. */
  confirmSentAt?: number;
  identifiedAt?: number;
  /** The requests that ended with it. */
  readonly endedWith: string[];
  receivedAt?: number;
  answerLost?: boolean;
}

/** A request that a replica holds or held. */
export interface RequestStory {
  readonly name: string;
  readonly replica: string;
  readonly bot: string;
  readonly shard: number | null;
  /** Whether its shard will confirm. */
  readonly confirm: boolean;
  readonly heldAt: number;
  letGoAt?: number;
  readonly ends: { readonly at: number; readonly with: string }[];
  /** Every rank that the store gave it, or that its queue had it inherit, and when. */
  readonly ranks: { readonly at: number; readonly rank: Rank }[];
}

export interface Trouble {
  readonly what: TroubleKind;
  readonly from: number;
  readonly to: number;
}

/** A history with its threads drawn together: nothing in it is reckoned, only looked up. */
export class Story {
  readonly permits: PermitStory[] = [];
  readonly requests = new Map<string, RequestStory>();
  readonly troubles: Trouble[] = [];
  /** When each replica was killed. */
  readonly killed = new Map<string, number>();
  readonly answers: EventOf<'answered'>[] = [];
  readonly #byId = new Map<string, PermitStory>();

  constructor(readonly events: readonly Event[]) {
    for (const event of events) this.#read(event);
  }

  permit(id: string): PermitStory | undefined {
    return this.#byId.get(id);
  }

  /** The permits that were given under these limits in this bucket, or to the bot under others: those that share a limit. */
  rivals({ bot, bucket, limitsVersion }: PermitStory): PermitStory[] {
    return this.permits.filter(
      (other) =>
        other.bot === bot && (other.limitsVersion !== limitsVersion || other.bucket === bucket),
    );
  }

  /** Until when the request waited, at its replica; Infinity for to the end. */
  waitedUntil({ ends, letGoAt, replica }: RequestStory): number {
    const ended = ends[0]?.at ?? Infinity;
    return Math.min(ended, letGoAt ?? Infinity, this.killed.get(replica) ?? Infinity);
  }

  /** Whether nothing went wrong between these moments, at least not with the replicas, the store or what is between, `except` for this. */
  isQuiet(from: number, to: number, except?: TroubleKind): boolean {
    return !this.troubles.some(
      (trouble) => trouble.from <= to && trouble.to >= from && trouble.what !== except,
    );
  }

  #read(event: Event): void {
    this.#readOfRequests(event);
    this.#readOfPermits(event);
    const { at } = event;
    if (event.kind === 'killed') this.killed.set(event.replica, at);
    if (event.kind === 'lost data') {
      for (const permit of this.permits) if (permit.at > event.since) permit.lostAt ??= at;
    }
    if (event.kind === 'trouble' && !OF_OTHERS.has(event.what)) {
      this.troubles.push({ what: event.what, from: at, to: event.until });
    }
  }

  #readOfRequests(event: Event): void {
    const { at } = event;
    if (event.kind === 'held') {
      const { bot, confirm, request: name, shard } = event;
      const replica = name.slice(0, name.lastIndexOf('/'));
      const what = { name, replica, bot, shard, confirm, heldAt: at };
      this.requests.set(name, { ...what, ends: [], ranks: [] });
    }
    if (event.kind === 'entered') {
      this.requests.get(event.entry.id)?.ranks.push({ at, rank: event.rank });
    }
    if (event.kind === 'answered') {
      const { entry, rank } = event.attempt;
      const ranks = this.requests.get(entry)?.ranks;
      if (ranks?.at(-1)?.rank.ticket !== rank.ticket) ranks?.push({ at, rank });
    }
    if (event.kind !== 'let go' && event.kind !== 'ended') return;
    const request = this.requests.get(event.request);
    if (request === undefined) return;
    if (event.kind === 'ended') request.ends.push({ at, with: event.with });
    else request.letGoAt ??= at;
  }

  #readOfPermits(event: Event): void {
    const { at } = event;
    if (event.kind === 'answered') {
      this.answers.push(event);
      this.#granted(event);
    }
    if (event.kind === 'ended') this.#byId.get(event.with)?.endedWith.push(event.request);
    if (!('permit' in event)) return;
    const permit = this.#byId.get(event.permit);
    if (permit === undefined) return;
    if (event.kind === 'received') permit.receivedAt ??= at;
    if (event.kind === 'answer lost') permit.answerLost = true;
    if (event.kind === 'sent identify') permit.identifiedAt ??= at;
    if (event.kind === 'confirmed') permit.confirmSentAt ??= at;
    if (event.kind === 'confirmed' && event.done) permit.confirmedAt ??= at;
    if (event.kind === 'released' && event.done) permit.releasedAt ??= at;
  }

  #granted({ at, answer, attempt, replica }: EventOf<'answered'>): void {
    if (!answer.granted) return;
    const before = this.#byId.get(answer.id);
    // The same operation once more, which is answered with the same permit if the store still knows of it.
    if (before !== undefined && before.lostAt === undefined) return;
    const { bot, bucket, confirm, entry: request, limitsVersion, rank, shard } = attempt;
    const { id } = answer;
    const what = { id, bot, bucket, confirm, limitsVersion, rank, request, shard, replica, at };
    const permit: PermitStory = { ...what, endedWith: [] };
    this.permits.push(permit);
    this.#byId.set(id, permit);
  }
}

/** What goes wrong with others than replicas, store and network. */
const OF_OTHERS: ReadonlySet<TroubleKind> = new Set([
  'client vanished',
  'late report',
  'starts spent elsewhere',
]);
