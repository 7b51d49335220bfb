import {
  asksAnew,
  type Attempt,
  type AttemptSlice,
  type BotSlice,
  type ConfirmSlice,
  countOfPermits,
  type Entry,
  type EnterSlice,
  type Leaver,
  type LeaveSlice,
  type LimitsReport,
  type LimitsSlice,
  type LoadedBot,
  needsShardGrants,
  type PermitsWanted,
  type PlacesSlice,
  REFUSALS_SHOWN_MS,
  REFUSALS_WITHIN_MS,
  type ReleaseSlice,
  saysItLostRank,
  type StepContext,
  usesNeededSince,
} from '@gateway-queue/identify-limiter';
import type { SqliteState } from './sqlite-state.ts';

/** Loads what each step of the limiter needs to know. */
export class Slices {
  constructor(private readonly state: SqliteState) {}

  bot(name: string, now: number): LoadedBot | undefined {
    const { bots } = this.state.tables;
    const state = bots.find(name);
    return state && { state, uses: this.#uses(name, usesNeededSince(state, now)) };
  }

  enter(entry: Entry, now: number): EnterSlice {
    const { bots, permits, ranks } = this.state.tables;
    const { bot, id, rank, shard } = entry;
    const held = ranks.heldBy(bot, id);
    const isLost = rank !== undefined && saysItLostRank(entry, held);
    const place = ranks.firstPlace(bot, shard);
    const shardPermits =
      shard !== null && asksAnew(entry, held, place) ? permits.lastOf(bot, shard, 2) : [];
    const hasPermits = shardPermits.length > 0;
    return {
      held,
      place,
      isUsed: isLost && permits.isUsed(bot, shard, rank.ticket),
      lastTicket: ranks.lastTicket,
      shardPermits,
      sawRefusal: hasPermits && permits.refusalsSince(bot, now - REFUSALS_WITHIN_MS) > 0,
      grownMargin: hasPermits ? bots.find(bot)?.grownMargin : undefined,
    };
  }

  leave(leaver: Leaver): LeaveSlice {
    const { permits, ranks } = this.state.tables;
    const { bot, id, rank, shard } = leaver;
    const held = ranks.heldBy(bot, id);
    const isLost = rank !== undefined && saysItLostRank(leaver, held);
    return {
      held,
      places: this.#places(bot, held?.shard ?? shard, id),
      lost: isLost
        ? {
            isOnRecord: ranks.holderOf(rank.ticket) !== undefined,
            isUsed: permits.isUsed(bot, shard, rank.ticket),
            knownSince: this.state.knownSince,
          }
        : undefined,
    };
  }

  attempt(attempt: Attempt, context: StepContext): AttemptSlice {
    const { heads, knownSince, tables } = this.state;
    const { bot: name, bucket, operation, rank, shard } = attempt;
    const bot = this.bot(name, context.now);
    const needsGrants = bot !== undefined && needsShardGrants(attempt, bot, context);
    return {
      granted: tables.permits.find(operation),
      bot,
      rankHolder: tables.ranks.holderOf(rank.ticket),
      pauseEnds: tables.pauses.endsOf(name, bucket),
      shardGrants:
        needsGrants && shard !== null
          ? tables.permits.grantsOf(name, shard, context.rules.crashLoop.burst)
          : [],
      closing: tables.buckets.find(name, bucket)?.closing,
      knownSince,
      heads: heads.of(name, bucket),
    };
  }

  confirm(bot: string, permitId: string, now: number): ConfirmSlice {
    const { buckets, permits } = this.state.tables;
    const permit = permits.find(permitId);
    return {
      permit,
      bucket: permit && buckets.find(bot, permit.bucket),
      bot: this.bot(bot, now),
    };
  }

  release(bot: string, permitId: string, now: number): ReleaseSlice {
    const { ranks } = this.state.tables;
    const slice = this.confirm(bot, permitId, now);
    const { permit } = slice;
    return {
      ...slice,
      isRankOnRecord: permit !== undefined && ranks.holderOf(permit.rank.ticket) !== undefined,
      places: this.#places(bot, permit?.shard ?? null),
    };
  }

  limits(name: string, report: LimitsReport, now: number): LimitsSlice {
    const { bots, buckets } = this.state.tables;
    const bot = bots.find(name);
    return {
      bot,
      uses: this.#uses(name, usesNeededSince(bot, now, report)),
      closings: [...buckets.closingsOf(name).values()],
      haveSeveralHeads: this.state.heads.areSeveral(name),
    };
  }

  view(name: string, wanted: PermitsWanted, now: number): BotSlice {
    const { buckets, pauses, permits } = this.state.tables;
    const bot = this.bot(name, now);
    return {
      bot,
      closings: buckets.closingsOf(name),
      knownSince: this.state.knownSince,
      pauses: pauses.ofBot(name),
      refusals: permits.refusalsSince(name, now - REFUSALS_SHOWN_MS),
      permits: permits.latest(name, countOfPermits(wanted, bot?.state.maxConcurrency ?? 0)),
    };
  }

  #uses(bot: string, since: number | null): number[] {
    return since === null ? [] : this.state.tables.permits.usesSince(bot, since);
  }

  /** @param except an entry of the shard that is about to leave */
  #places(bot: string, shard: number | null, except = ''): PlacesSlice {
    const { ranks } = this.state.tables;
    return {
      count: ranks.placesOf(bot),
      shardWaits: shard !== null && ranks.shardWaits(bot, shard, except),
    };
  }
}
