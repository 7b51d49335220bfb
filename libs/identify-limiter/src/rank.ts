/** How urgent a request is. `high` goes before `normal` in every line. */
export const PRIORITIES = ['normal', 'high'] as const;

export type Priority = (typeof PRIORITIES)[number];

/** What orders a bucket's line: priority, then time of joining, then a tie-break. */
export interface Rank {
  readonly priority: Priority;
  /** When the shard joined, in ms on the limiter's own clock. Only for comparing with other ranks. */
  readonly joinedAt: number;
  /** Unique among all ranks of a bot; decides between two that joined at the same moment. */
  readonly ticket: number;
}

/** Negative when `a` goes first, positive when `b` does, 0 only for the same rank. */
export function compareRanks(a: Rank, b: Rank): number {
  if (a.priority !== b.priority) return a.priority === 'high' ? -1 : 1;
  return a.joinedAt - b.joinedAt || a.ticket - b.ticket;
}
