import {
  compareRanks,
  type Place,
  type Rank,
  type ReplicaWrite,
  usedBy,
  type Write,
} from '@gateway-queue/identify-limiter';
import type { BotData } from './bot-data.ts';

/** Whatever their priorities: an entry that takes a place has its own. */
export function compareJoining(one: Rank, other: Rank): number {
  return compareRanks({ ...one, priority: 'normal' }, { ...other, priority: 'normal' });
}

/**
 * Applies a write of the bot to its data.
 *
 * @param server the server that the store runs on
 */
export function applyWrite(data: BotData, write: Write | ReplicaWrite, server: number): void {
  switch (write.kind) {
    case 'save-bot':
      data.state = write.state;
      break;
    case 'save-budget':
      if (data.state !== undefined) data.state = { ...data.state, budget: write.budget };
      break;
    case 'save-margin':
      if (data.state !== undefined) data.state = { ...data.state, grownMargin: write.margin };
      break;
    case 'vouch':
      data.knownSince = write.since;
      data.server = server;
      break;
    case 'close-bucket':
      data.buckets.set(write.bucket, { closing: write.closing, permit: write.permit });
      break;
    case 'forget-buckets':
      data.buckets.clear();
      break;
    case 'add-permit':
      data.permits.set(write.permit.id, write.permit);
      break;
    case 'confirm-permit':
      data.permits.set(write.permit.id, { ...write.permit, confirmedAt: write.at });
      break;
    case 'release-permit':
      data.permits.set(write.permit.id, { ...write.permit, released: true });
      break;
    case 'see-refusal':
      data.permits.set(write.permit.id, { ...write.permit, askedAgainAt: write.at });
      break;
    case 'drop-permits':
      for (const [id, permit] of data.permits) {
        if (usedBy(permit) < write.usedBefore) data.permits.delete(id);
      }
      break;
    case 'hold-rank':
      data.held.set(write.held.entry, write.held);
      data.lastTicket = Math.max(data.lastTicket, write.held.rank.ticket);
      break;
    case 'take-place':
      data.places = data.places.filter(({ rank }) => rank.ticket !== write.held.rank.ticket);
      data.held.set(write.held.entry, write.held);
      break;
    case 'drop-rank':
      data.held.delete(write.entry);
      break;
    case 'leave-place':
      data.held.delete(write.held.entry);
      data.places.push(toPlace(write));
      break;
    case 'add-place':
      data.places.push(write.place);
      break;
    case 'drop-places':
      data.places = data.places
        .toSorted((a, b) => a.leftAt - b.leftAt || compareJoining(b.rank, a.rank))
        .slice(write.count);
      break;
    case 'expire-places':
      data.places = data.places.filter(({ leftAt }) => leftAt > write.leftBy);
      break;
    case 'put-pause':
      data.pauses.set(write.pause.bucket, write.pause);
      break;
    case 'lift-pause':
      data.pauses.delete(write.bucket);
      break;
    case 'set-head': {
      const heads = data.heads.get(write.bucket) ?? new Map<string, Rank>();
      data.heads.set(write.bucket, heads.set(write.replica, write.rank));
      break;
    }
    case 'withdraw-head':
      data.heads.get(write.bucket)?.delete(write.replica);
      break;
    case 'forget-heads':
      data.heads.clear();
      break;
    case 'hear-replica':
      data.heardAt.set(write.replica, write.at);
      data.writtenAt = write.at;
      break;
    case 'forget-replica':
      data.heardAt.delete(write.replica);
      data.onRecord.delete(write.replica);
      for (const heads of data.heads.values()) heads.delete(write.replica);
      break;
    case 'set-leader':
      data.leader = write.replica;
      break;
    case 'put-on-record':
      data.onRecord.set(write.replica, write.since);
      break;
    case 'forget-records':
      data.onRecord.clear();
      break;
    default:
      write satisfies never;
  }
}

function toPlace({ held, leftAt }: Extract<Write, { kind: 'leave-place' }>): Place {
  const { bot, rank, shard } = held;
  return { bot, shard, rank, leftAt };
}
