import type {
  Change,
  GrownMargin,
  Outcome,
  ReplicaWrite,
  Write,
} from '@gateway-queue/identify-limiter';
import { MemoryStore, type MemoryStoreOptions } from '@gateway-queue/identify-limiter/testing';

export interface SharedStoreOptions extends MemoryStoreOptions {
  /** Whether the store announces no changes. */
  readonly isSilent: boolean;
  /** Called when the margin of a bot has grown, or is kept from coming back. */
  readonly onMargin: (bot: string, margin: GrownMargin | undefined) => void;
}

/**
 * The store that all replicas of a world share. It stands for libs/store-redis: another server can take over with an older
 * copy of its data, or with none.
 *
 * It does not cover: the server's own clock, which here never jumps; a cluster, whose parts fail one by one; two servers
 * of which each believes that it is the only one; a script that ends half-way; the client's library with its connections
 * and buffers, of which the simulated network shows only the effects.
 */
export class SharedStore extends MemoryStore {
  readonly #isSilent: boolean;
  readonly #onMargin: SharedStoreOptions['onMargin'];

  constructor({ isSilent, onMargin, ...options }: SharedStoreOptions) {
    super(options);
    this.#isSilent = isSilent;
    this.#onMargin = onMargin;
  }

  /** Whether another server than the first has taken over. */
  get wasReplaced(): boolean {
    return this.servers > 1;
  }

  override carryOut<Answer>(outcome: Outcome<Answer, Write | ReplicaWrite>): Answer {
    for (const write of outcome.writes) {
      if (write.kind === 'save-margin') this.#onMargin(write.bot, write.margin);
    }
    return super.carryOut(outcome);
  }

  override announce(change: Change): void {
    if (!this.#isSilent) super.announce(change);
  }

  /** Since when what the replica enters is on record. */
  onRecordSince(bot: string, replica: string): number {
    return this.dataOf(bot).onRecord.get(replica) ?? this.now;
  }

  /** Every rank that an entry holds, and every head of a replica. */
  *held(): Generator<{ readonly what: string; readonly replica: string; readonly id: string }> {
    for (const [name, bot] of this.bots) {
      for (const [id, { replica }] of bot.held) yield { what: `a rank of ${name}`, replica, id };
      for (const [bucket, heads] of bot.heads) {
        for (const replica of heads.keys()) {
          yield { what: `a head of ${name}`, replica, id: `bucket ${bucket}` };
        }
      }
    }
  }
}
