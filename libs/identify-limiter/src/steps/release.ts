import { refund } from '../budget.ts';
import type { StepContext } from './context.ts';
import { currentBot, type LoadedBot } from './current-bot.ts';
import { canBeSettled, usedBy } from './permit.ts';
import { addPlace, type PlacesSlice } from './places.ts';
import type { BucketClosing, PermitState } from './state.ts';
import { answerOnly, type Outcome, type Write } from './write.ts';

/** What {@link release} needs to know. */
export interface ReleaseSlice {
  /** The permit of this id, of whichever bot. */
  readonly permit: PermitState | undefined;
  /** How the permit's bucket was closed last since `maxConcurrency` changed. */
  readonly bucket: BucketClosing | undefined;
  readonly bot: LoadedBot | undefined;
  /** Whether an entry holds the permit's rank, or it is kept as a place. */
  readonly isRankOnRecord: boolean;
  /** For the permit's shard. */
  readonly places: PlacesSlice;
}

/** The permit was not used, and never will be: `IdentifyLimiter.release`. */
export function release(
  bot: string,
  { bot: loaded, bucket, isRankOnRecord, permit, places }: ReleaseSlice,
  { now, rules }: StepContext,
): Outcome<boolean> {
  if (!canBeSettled(permit, bot, now) || permit.confirmedAt !== null) return answerOnly(false);
  if (permit.released) return answerOnly(true);
  const writes: Write[] = [{ kind: 'release-permit', permit }];
  if (bucket?.permit === permit.id) {
    writes.push({
      kind: 'close-bucket',
      bot,
      bucket: permit.bucket,
      closing: permit.closingBefore,
      permit: null,
    });
  }
  if (loaded !== undefined) {
    // A refill leaves out what was released, so it comes before the release.
    const { budget } = currentBot(loaded, now);
    writes.push({ kind: 'save-budget', bot, budget: refund(budget, usedBy(permit)) });
  }
  const changes = [{ bot, bucket: null }];
  if (isRankOnRecord) return { answer: true, writes, changes };
  const { rank, shard } = permit;
  const kept = addPlace({ bot, shard, rank, leftAt: now }, places, rules);
  return {
    answer: true,
    writes: [...writes, ...kept.writes],
    changes: [...kept.changes, ...changes],
  };
}
