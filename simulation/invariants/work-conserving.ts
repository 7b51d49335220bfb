import type { PermitStory, Story } from '../history/indexed-history.ts';
import { allowsFrom } from './spacing.ts';
import type { Violation } from './invariant.ts';

/** So long nothing must have gone wrong before: by then all that failed was repeated, and a store that lost data is past its interval. */
const QUIET_MS = 10_000;

/** So long a waiter must have had its rank when its bucket opens. */
const SETTLED_MS = 1500;

/** Two questions and answers in calm weather, in ms, and a little. */
const SLACK_MS = 20;

/**
 * P9, when nothing went wrong for 10 s before its bucket opened, and nobody was paused, throttled or out of starts since 1.5 s
 * before that: who waited by then has its permit within 20 ms of the opening, or somebody else has.
 */
export function workConserving(story: Story): Violation[] {
  return latenesses(story)
    .filter(({ lateMs }) => lateMs > SLACK_MS)
    .map(({ lateMs, permit }) => ({
      promise: 'P9',
      at: permit.at,
      text: `${permit.id} for ${permit.request} came ${lateMs} ms after its bucket had opened`,
    }));
}

/** How late the latest of such permits was. */
export function mostLateMs(story: Story): number {
  return Math.max(...latenesses(story).map(({ lateMs }) => lateMs));
}

function latenesses(story: Story): { permit: PermitStory; lateMs: number }[] {
  return story.permits.flatMap((permit) => {
    const openedAt = openingBefore(story, permit);
    const settledAt = story.requests.get(permit.request)?.ranks.at(-1)?.at ?? Infinity;
    // Who came to an open bucket has it to itself; who came lately may not have been asked for yet.
    if (openedAt === undefined || settledAt > openedAt - SETTLED_MS) return [];
    if (!story.isQuiet(openedAt - QUIET_MS, permit.at)) return [];
    if (wasHeldBack(story, permit, openedAt - SETTLED_MS)) return [];
    return [{ permit, lateMs: permit.at - openedAt }];
  });
}

/** When its bucket opened, by all that had closed it; undefined when nothing had. */
function openingBefore(story: Story, permit: PermitStory): number | undefined {
  const moments = story.rivals(permit).flatMap((other) => {
    if (other.at >= permit.at) return [];
    const isBack = other.releasedAt !== undefined && other.releasedAt <= permit.at;
    // What is released under other limits may or may not open a bucket.
    if (isBack && other.limitsVersion === permit.limitsVersion) return [other.releasedAt ?? 0];
    return [allowsFrom(other, permit.at)];
  });
  return moments.length === 0 ? undefined : Math.max(...moments);
}

/** Whether anybody of its bot was denied for another reason than that it was not its turn. */
function wasHeldBack(story: Story, permit: PermitStory, since: number): boolean {
  return story.answers.some(({ answer, at, attempt }) => {
    if (answer.granted || attempt.bot !== permit.bot || at > permit.at) return false;
    if (answer.reason === 'crash-loop') return at > since - MAX_THROTTLE_MS;
    return at > since && answer.reason !== 'interval' && answer.reason !== 'line';
  });
}

/** A throttled shard is asked for again so often at least (`PARKED_RECHECK_MS` in the queue's lane.ts). */
const MAX_THROTTLE_MS = 10_000;
