import {
  type Change,
  type Clock,
  hearReplica,
  type LimiterRules,
  noticeLostData,
  type Outcome,
  reap,
  type ReplicaWrite,
  SETTLE_MS,
  type StepContext,
  type StoreRules,
  type Write,
} from '@gateway-queue/identify-limiter';
import { applyWrite } from './apply-write.ts';
import { type BotData, newBot } from './bot-data.ts';
import { botSlice, reapSlice } from './slices.ts';

export interface MemoryStoreOptions {
  readonly clock: Clock;
  readonly rules: LimiterRules;
  /** How long in ms a place is kept for a shard that left. */
  readonly placeTtlMs: number;
  /** How many places of a bot are kept at most. */
  readonly maxPlaces: number;
  /** See `StoreRules`; {@link SETTLE_MS} unless it is given. */
  readonly settleMs?: number;
}

/**
 * A store for tests and simulations that keeps everything in memory. It applies the limiter's steps, those for replicas
 * that can die one by one among them.
 *
 * It runs on a server that can be replaced by one that misses the last writes: see {@link takeOver}.
 */
export class MemoryStore {
  readonly clock: Clock;
  readonly rules: StoreRules;
  #bots = new Map<string, BotData>();
  /** Another number is another server. */
  #server = 1;
  readonly #listeners = new Set<(change: Change) => void>();

  constructor({ clock, maxPlaces, placeTtlMs, rules, settleMs = SETTLE_MS }: MemoryStoreOptions) {
    this.clock = clock;
    this.rules = { ...rules, maxPlaces, placeTtlMs, settleMs };
  }

  get now(): number {
    return this.clock.now();
  }

  /** How many servers the store has run on. */
  get servers(): number {
    return this.#server;
  }

  /** The bots of which something was asked. */
  get bots(): IterableIterator<[string, BotData]> {
    return this.#bots.entries();
  }

  /** The bot's data as it stands. */
  dataOf(name: string): BotData {
    const data = this.#bots.get(name) ?? newBot(this.#server, this.now);
    this.#bots.set(name, data);
    return data;
  }

  /** What every operation of a replica that writes begins with. */
  begin(name: string, replica: string): { data: BotData; context: StepContext } {
    const data = this.dataOf(name);
    const context = { now: this.now, replica, rules: this.rules };
    for (const dead of this.carryOut(hearReplica(name, data, context))) {
      this.carryOut(reap(name, dead, reapSlice(data, dead.replica), context));
    }
    const loaded = botSlice(data, context.now);
    if (loaded !== undefined && data.server !== this.#server) {
      this.carryOut(noticeLostData(name, loaded, context));
    }
    return { data, context };
  }

  /** Applies what a step comes to. */
  carryOut<Answer>({ answer, changes, writes }: Outcome<Answer, Write | ReplicaWrite>): Answer {
    for (const write of writes) applyWrite(this.dataOf(botOf(write)), write, this.#server);
    for (const change of changes) this.announce(change);
    return answer;
  }

  announce(change: Change): void {
    for (const listener of this.#listeners) listener(change);
  }

  onChange(listener: (change: Change) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** All data as it stands now. */
  copy(): Map<string, BotData> {
    return structuredClone(this.#bots);
  }

  /** Another server takes over with this data, which may miss what was written last. */
  takeOver(data: Map<string, BotData>): void {
    this.#bots = data;
    this.#server += 1;
  }

  /** The same server goes on with this data. */
  restore(data: Map<string, BotData>): void {
    this.#bots = data;
  }
}

function botOf(write: Write | ReplicaWrite): string {
  if ('bot' in write) return write.bot;
  if ('permit' in write) return write.permit.bot;
  if ('held' in write) return write.held.bot;
  if ('place' in write) return write.place.bot;
  return write.pause.bot;
}
