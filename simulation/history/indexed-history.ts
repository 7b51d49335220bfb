import { marginFor, type Rank } from '@gateway-queue/identify-limiter';
import type { Event, EventOf, FaultKind } from './event.ts';

/** All that a history says of one permit. Moments are ms since the simulation began. */
export interface PermitHistory {
  readonly id: string;
  readonly bot: string;
  readonly bucket: number;
  readonly limitsVersion: number;
  readonly shard: number | null;
  readonly confirm: boolean;
  readonly rank: Rank;
  readonly request: string;
  readonly replica: string;
  /** When the store granted it. */
  readonly at: number;
  releasedAt?: number;
  /** When the store accepted its confirm. */
  confirmedAt?: number;
  /** When the store lost it. */
  lostAt?: number;
  /** When a confirm first reached the store, whether the store accepted it or not. */
  confirmSentAt?: number;
  identifiedAt?: number;
  /** The requests that ended with this permit. */
  readonly endedWith: string[];
  receivedAt?: number;
  answerLost?: boolean;
}

/** All that a history says of one request that a replica holds or held. */
export interface RequestHistory {
  readonly name: string;
  readonly replica: string;
  readonly bot: string;
  readonly shard: number | null;
  /** Whether the shard will confirm. */
  readonly confirm: boolean;
  readonly heldAt: number;
  hangUpNoticedAt?: number;
  readonly ends: { readonly at: number; readonly with: string }[];
  /** Every rank that the request had, and from when: the store gave it, or the queue passed it on within a shard. */
  readonly ranks: { readonly at: number; readonly rank: Rank }[];
}

export interface FaultSpan {
  readonly fault: FaultKind;
  readonly from: number;
  readonly to: number;
}

/** A history, indexed by permit and by request. It only looks events up, and judges nothing. */
export class IndexedHistory {
  readonly permits: PermitHistory[] = [];
  readonly requests = new Map<string, RequestHistory>();
  /** The faults of replicas, store and network. */
  readonly faults: FaultSpan[] = [];
  /** When each replica was killed. */
  readonly killed = new Map<string, number>();
  readonly answers: EventOf<'answered'>[] = [];
  readonly #byId = new Map<string, PermitHistory>();
  readonly #margins: (EventOf<'margin'> & { lostAt?: number })[] = [];

  constructor(readonly events: readonly Event[]) {
    for (const event of events) this.#read(event);
  }

  permit(id: string): PermitHistory | undefined {
    return this.#byId.get(id);
  }

  /** The permits that must be spaced from this one: those of the same bucket, and those of the bot under other limits. */
  spacedFrom({ bot, bucket, limitsVersion }: PermitHistory): PermitHistory[] {
    return this.permits.filter(
      (other) =>
        other.bot === bot && (other.limitsVersion !== limitsVersion || other.bucket === bucket),
    );
  }

  /** When the request stopped waiting at its replica; Infinity when it waited to the end. */
  waitedUntil({ ends, hangUpNoticedAt, replica }: RequestHistory): number {
    const ended = ends[0]?.at ?? Infinity;
    return Math.min(ended, hangUpNoticedAt ?? Infinity, this.killed.get(replica) ?? Infinity);
  }

  /** The margin after a permit whose time ended at `from`, by what the store knew right before `now`. @param setMs what is set */
  marginOf(bot: string, from: number, now: number, setMs: number): number {
    const last = this.#margins.findLast(
      (margin) => margin.bot === bot && margin.at < now && (margin.lostAt ?? Infinity) > now,
    );
    return marginFor(from, last, setMs);
  }

  /** Whether replicas, store and network had no fault between these moments, other than `except`. */
  isQuiet(from: number, to: number, except?: FaultKind): boolean {
    return !this.faults.some((span) => span.from <= to && span.to >= from && span.fault !== except);
  }

  #read(event: Event): void {
    this.#readRequest(event);
    this.#readPermit(event);
    const { at } = event;
    if (event.kind === 'killed') this.killed.set(event.replica, at);
    if (event.kind === 'margin') this.#margins.push(event);
    if (event.kind === 'data lost') {
      for (const margin of this.#margins) if (margin.at > event.since) margin.lostAt ??= at;
      for (const permit of this.permits) if (permit.at > event.since) permit.lostAt ??= at;
    }
    if (event.kind === 'fault' && !FAULTS_OF_OTHERS.has(event.fault)) {
      this.faults.push({ fault: event.fault, from: at, to: event.until });
    }
  }

  #readRequest(event: Event): void {
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
    if (event.kind !== 'hang-up noticed' && event.kind !== 'ended') return;
    const request = this.requests.get(event.request);
    if (request === undefined) return;
    if (event.kind === 'ended') request.ends.push({ at, with: event.with });
    else request.hangUpNoticedAt ??= at;
  }

  #readPermit(event: Event): void {
    const { at } = event;
    if (event.kind === 'answered') {
      this.answers.push(event);
      this.#readAnswer(event);
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

  #readAnswer({ at, answer, attempt, replica }: EventOf<'answered'>): void {
    if (!answer.granted) return;
    const before = this.#byId.get(answer.id);
    // The same operation reached the store again. A store that still has the permit answers with the same one.
    if (before !== undefined && before.lostAt === undefined) return;
    const { bot, bucket, confirm, entry: request, limitsVersion, rank, shard } = attempt;
    const { id } = answer;
    const what = { id, bot, bucket, confirm, limitsVersion, rank, request, shard, replica, at };
    const permit: PermitHistory = { ...what, endedWith: [] };
    this.permits.push(permit);
    this.#byId.set(id, permit);
  }
}

/** Faults that do not concern replicas, store or network. */
const FAULTS_OF_OTHERS: ReadonlySet<FaultKind> = new Set([
  'client vanished',
  'limits report late',
  'starts spent elsewhere',
]);
