import type { DatabaseSync } from 'node:sqlite';
import type { StateWrite } from '@gateway-queue/identify-limiter';
import { Bots } from './bots.ts';
import { Buckets } from './buckets.ts';
import { Pauses } from './pauses.ts';
import { Permits } from './permits.ts';
import { Ranks } from './ranks.ts';

/** All that is stored. */
export class Tables {
  readonly bots: Bots;
  readonly buckets: Buckets;
  readonly permits: Permits;
  readonly ranks: Ranks;
  readonly pauses: Pauses;

  constructor(database: DatabaseSync) {
    this.bots = new Bots(database);
    this.buckets = new Buckets(database);
    this.permits = new Permits(database);
    this.ranks = new Ranks(database);
    this.pauses = new Pauses(database);
  }

  /** To be called in a transaction. */
  apply(write: StateWrite): void {
    const { bots, buckets, pauses, permits, ranks } = this;
    switch (write.kind) {
      case 'save-bot':
        return bots.save(write.bot, write.state);
      case 'save-budget':
        return bots.saveBudget(write.bot, write.budget);
      case 'save-margin':
        return bots.saveMargin(write.bot, write.margin);
      case 'vouch':
        // The file vouches for all bots since it was made: see `known_since` of the timeline.
        return undefined;
      case 'close-bucket':
        return buckets.close(write.bot, write.bucket, write.closing, write.permit);
      case 'forget-buckets':
        return buckets.forget(write.bot);
      case 'add-permit':
        return permits.add(write.permit);
      case 'confirm-permit':
        return permits.confirm(write.permit.id, write.at);
      case 'release-permit':
        return permits.release(write.permit.id);
      case 'see-refusal':
        return permits.seeRefusal(write.permit.id, write.at);
      case 'drop-permits':
        return permits.drop(write.bot, write.usedBefore);
      case 'hold-rank':
        return ranks.hold(write.held);
      case 'take-place':
        return ranks.takePlace(write.held);
      case 'drop-rank':
        return ranks.drop(write.bot, write.entry);
      case 'leave-place':
        return ranks.leave(write.held, write.leftAt);
      case 'add-place':
        return ranks.addPlace(write.place);
      case 'drop-places':
        return ranks.dropPlaces(write.bot, write.count);
      case 'expire-places':
        return ranks.expirePlaces(write.bot, write.leftBy);
      case 'put-pause':
        return pauses.put(write.pause);
      case 'lift-pause':
        return pauses.lift(write.bot, write.bucket);
      default:
        return write satisfies never;
    }
  }
}
