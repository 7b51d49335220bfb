import type { Change } from '../limiter.ts';
import { compareRanks, type Rank } from '../rank.ts';
import type { StepContext } from './context.ts';
import { answerOnly, type Outcome, type Write } from './write.ts';

/** The heads of one bucket's lines: by replica, those that live. */
export type Heads = ReadonlyMap<string, Rank>;

/** The heads of all replicas but this one. */
export function* otherHeads(heads: Heads, replica: string): Generator<Rank> {
  for (const [owner, rank] of heads) if (owner !== replica) yield rank;
}

interface HeadOf {
  readonly bot: string;
  readonly bucket: number;
}

/** Makes the rank the replica's head. When the head before ranked first, the other replicas may gain by the change. */
export function setHead(
  { bot, bucket }: HeadOf,
  rank: Rank,
  heads: Heads,
  { replica }: StepContext,
): { writes: Write[]; changes: Change[] } {
  const before = heads.get(replica);
  const order = before === undefined ? undefined : compareRanks(before, rank);
  const gaveWay = order !== undefined && order < 0 && heads.size > 1;
  return {
    writes: order === 0 ? [] : [{ kind: 'set-head', bot, bucket, replica, rank }],
    changes: gaveWay ? [{ bot, bucket }] : [],
  };
}

/** The replica's line of the bucket is empty. */
export function withdrawHead(
  { bot, bucket }: HeadOf,
  heads: Heads,
  { replica }: StepContext,
): Outcome<void> {
  if (!heads.has(replica)) return answerOnly(undefined);
  return {
    answer: undefined,
    writes: [{ kind: 'withdraw-head', bot, bucket, replica }],
    changes: heads.size > 1 ? [{ bot, bucket }] : [],
  };
}
