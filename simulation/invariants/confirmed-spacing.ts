import type { PermitStory, Story } from '../history/indexed-history.ts';
import { RULES } from '../plan.ts';
import type { Violation } from './invariant.ts';

/**
 * P2, for a permit whose shard asked to confirm, identified, and whose confirm reached the store in the time for it, unless
 * the store had lost the permit: whoever has a later one among its rivals sends its IDENTIFY an interval later at least.
 */
export function confirmedSpacing(story: Story): Violation[] {
  return gaps(story)
    .filter(({ gapMs }) => gapMs < RULES.intervalMs)
    .map(({ at, gapMs, text }) => ({ promise: 'P2', at, text: `${text}: ${gapMs} ms apart` }));
}

/** The least time between two such IDENTIFYs. */
export function leastGapMs(story: Story): number {
  return Math.min(...gaps(story).map(({ gapMs }) => gapMs));
}

function gaps(story: Story): { at: number; gapMs: number; text: string }[] {
  return story.permits.flatMap((first) => {
    const { at, identifiedAt } = first;
    if (identifiedAt === undefined || !isConfirmedInTime(story, first)) return [];
    return story.rivals(first).flatMap((second) => {
      if (second.at <= at || second.identifiedAt === undefined) return [];
      const gapMs = second.identifiedAt - identifiedAt;
      return [{ at: second.identifiedAt, gapMs, text: `${first.id} and ${second.id}` }];
    });
  });
}

function isConfirmedInTime(story: Story, permit: PermitStory): boolean {
  const { at, confirmSentAt, endedWith, lostAt } = permit;
  if (confirmSentAt === undefined || confirmSentAt > at + RULES.confirmTimeoutMs) return false;
  if (lostAt !== undefined && lostAt <= confirmSentAt) return false;
  return endedWith.every((name) => story.requests.get(name)?.confirm === true);
}
