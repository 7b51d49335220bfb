import { countConfirmed } from '../budget.ts';
import { opensAt } from '../closing.ts';
import type { StepContext } from './context.ts';
import { currentBot, type LoadedBot } from './current-bot.ts';
import { canBeSettled, usedBy } from './permit.ts';
import type { BucketClosing, PermitState } from './state.ts';
import { answerOnly, type Outcome, type Write } from './write.ts';

/** What {@link confirm} needs to know. */
export interface ConfirmSlice {
  /** The permit of this id, of whichever bot. */
  readonly permit: PermitState | undefined;
  /** How the permit's bucket was closed last since `maxConcurrency` changed. */
  readonly bucket: BucketClosing | undefined;
  readonly bot: LoadedBot | undefined;
}

/** Discord has accepted the IDENTIFY of a permit: `IdentifyLimiter.confirm`. */
export function confirm(
  bot: string,
  { bot: loaded, bucket, permit }: ConfirmSlice,
  { now, rules }: StepContext,
): Outcome<boolean> {
  if (!canBeSettled(permit, bot, now) || permit.released) return answerOnly(false);
  if (permit.confirmedAt !== null) return answerOnly(true);
  const closing = bucket?.permit === permit.id ? bucket.closing : undefined;
  // Too late: another shard may have identified since, so the moment of this confirm says nothing about the bucket.
  const grown = loaded?.state.grownMargin;
  if (closing === undefined || opensAt(closing, rules, grown) <= now) return answerOnly(false);

  const writes: Write[] = [
    { kind: 'confirm-permit', permit, at: now },
    {
      kind: 'close-bucket',
      bot,
      bucket: permit.bucket,
      closing: { from: now, kind: 'confirmed' },
      permit: permit.id,
    },
  ];
  if (loaded !== undefined) {
    // A refill counts permits as they stand, so it comes before the confirm.
    const { budget } = currentBot(loaded, now);
    writes.push({
      kind: 'save-budget',
      bot,
      budget: countConfirmed(budget, usedBy(permit), now),
    });
  }
  return { answer: true, writes, changes: [{ bot, bucket: permit.bucket }] };
}
