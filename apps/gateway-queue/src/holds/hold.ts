import type { HoldReason } from '@gateway-queue/identify-limiter';

/** What holds requests of a bot back at this replica, for longer than their lines do. */
export interface Hold {
  readonly bot: string;
  readonly reason: HoldReason;
  /** The bucket that is paused; null when the hold is the whole bot's. */
  readonly bucket: number | null;
  /** When it began, in ms since the Unix epoch: of a pause when it was ordered, else when this replica saw it first. */
  readonly since: number;
  /** When it ends by itself, in ms since the Unix epoch; null when that is not known. */
  readonly until: number | null;
  /** How many requests it holds back here now. It can be none for a while: clients hang up, and ask again. */
  readonly waiting: number;
  /** What holds and why, in a sentence for operators. */
  readonly explanation: string;
}

/** A hold for those who may not read the words of a pause, and for whom it stands elsewhere. */
export function withoutWords(hold: Hold): Omit<Hold, 'explanation'> {
  const { bot, reason, bucket, since, until, waiting } = hold;
  return { bot, reason, bucket, since, until, waiting };
}

/** Names a hold among all holds of a replica. */
export function nameOf({ bot, bucket, reason }: Pick<Hold, 'bot' | 'bucket' | 'reason'>): string {
  return `${bot} ${reason} ${bucket ?? 'all'}`;
}
