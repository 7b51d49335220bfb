import type { IndexedHistory, PermitHistory } from '../history/indexed-history.ts';
import { RULES } from '../plan.ts';
import type { Violation } from './invariant.ts';

/**
 * P2, under all faults, for a permit whose IDENTIFY was sent and whose confirm reached the store in time: the next IDENTIFY
 * that must be spaced from it is sent at least one interval later. A permit that the store had lost by then is not checked.
 */
export function confirmedSpacing(history: IndexedHistory): Violation[] {
  return gaps(history)
    .filter(({ gapMs }) => gapMs < RULES.intervalMs)
    .map(({ at, gapMs, text }) => ({ promise: 'P2', at, text: `${text}: ${gapMs} ms apart` }));
}

/** The least time between two such IDENTIFYs. */
export function minGapMs(history: IndexedHistory): number {
  return Math.min(...gaps(history).map(({ gapMs }) => gapMs));
}

function gaps(history: IndexedHistory): { at: number; gapMs: number; text: string }[] {
  return history.permits.flatMap((first) => {
    const { at, identifiedAt } = first;
    if (identifiedAt === undefined || !isConfirmedInTime(history, first)) return [];
    return history.spacedFrom(first).flatMap((second) => {
      if (second.at <= at || second.identifiedAt === undefined) return [];
      const gapMs = second.identifiedAt - identifiedAt;
      return [{ at: second.identifiedAt, gapMs, text: `${first.id} and ${second.id}` }];
    });
  });
}

function isConfirmedInTime(history: IndexedHistory, permit: PermitHistory): boolean {
  const { at, confirmSentAt, endedWith, lostAt } = permit;
  if (confirmSentAt === undefined || confirmSentAt > at + RULES.confirmTimeoutMs) return false;
  if (lostAt !== undefined && lostAt <= confirmSentAt) return false;
  return endedWith.every((name) => history.requests.get(name)?.confirm === true);
}
