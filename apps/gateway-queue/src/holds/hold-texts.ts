import type { HoldReason, LimitsView, Pause } from '@gateway-queue/identify-limiter';
import type { Hold } from './hold.ts';

/** A moment, in ms since the Unix epoch, as the log has it. */
export function textOf(moment: number): string {
  return new Date(moment).toISOString();
}

export function explainPause({ bot, bucket, by, reason, until }: Pause): string {
  const end = until === null ? 'until an operator resumes it' : `until ${textOf(until)}`;
  return `${scopeOf(bot, bucket)} is paused by ${by}, ${end}: ${JSON.stringify(reason)}.`;
}

/** @param until when the session starts reset; null when that is not known */
export function explainBudget(
  bot: string,
  { remaining, total }: Pick<LimitsView, 'remaining' | 'total'>,
  reserve: number,
  until: number | null,
): string {
  const end = until === null ? 'their reset' : `their reset at ${textOf(until)}`;
  return (
    `Bot ${bot} has ${remaining} of ${total} session starts left, and its reserve is ${reserve}: ` +
    `no permit is given until ${end}.`
  );
}

/** @param until when the last shard is let go; null when that is not known */
export function explainThrottling(bot: string, until: number | null): string {
  const end = until === null ? '' : ` until ${textOf(until)} at the latest`;
  return `Shards of bot ${bot} that start again and again are throttled${end}; other shards pass them.`;
}

/** Why they are not known is logged by the replica that asks Discord, once for each failure. */
export function explainUnknownLimits(bot: string): string {
  return `The limits of bot ${bot} are not known, so it is given no permit.`;
}

/** @param error why the store does not answer; null when it does, and calls fail all the same */
export function explainLimiter(bot: string, error: string | null): string {
  const cause = error === null ? '' : ` (${error})`;
  return `The limiter's store does not answer${cause}, so bot ${bot} is given no permit.`;
}

/** Says of each hold that it is over. */
const OVER: Readonly<Record<HoldReason, (hold: Hold) => string>> = {
  paused: ({ bot, bucket }) => `${scopeOf(bot, bucket)} is not paused any more`,
  budget: ({ bot }) => `Bot ${bot} has session starts above its reserve again`,
  'crash-loop': ({ bot }) => `No shard of bot ${bot} is throttled any more`,
  'limits-unknown': ({ bot }) => `The limits of bot ${bot} are known now`,
  'limiter-unavailable': ({ bot }) => `The limiter's store answers for bot ${bot} again`,
};

export function textOfHold({ explanation, since, waiting }: Hold): string {
  const held = waiting === 1 ? '1 request' : `${waiting} requests`;
  return `${explanation} This holds back ${held}, since ${textOf(since)}.`;
}

export function textOfEnd(hold: Hold): string {
  return `${OVER[hold.reason](hold)}: what held requests back since ${textOf(hold.since)} is over.`;
}

function scopeOf(bot: string, bucket: number | null): string {
  return bucket === null ? `Bot ${bot}` : `Bucket ${bucket} of bot ${bot}`;
}
