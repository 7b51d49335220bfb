import type { Rank } from '@gateway-queue/identify-limiter';
import type { EventOf } from '../history/event.ts';
import type { PermitStory, RequestStory, Story } from '../history/indexed-history.ts';
import type { Violation } from './invariant.ts';

/** So long nothing must have gone wrong: longer than any call is repeated for, and than any recheck takes. */
const QUIET_MS = 5000;

/** So long a waiter must have had its rank: its replica has asked for it by then if it is the head. */
const SETTLED_MS = 1500;

/** A replica whose head was just found to be throttled has none for as long as one more question takes. */
const NEXT_HEAD_MS = 10;

/**
 * P4, when nothing went wrong for 5 s: nobody has a permit while another waits in its bucket who has ranked before it for
 * 1.5 s, was not throttled when it was last asked for, and whose replica did not just then ask for one that was.
 */
export function order(story: Story): Violation[] {
  return story.permits.flatMap((permit) => {
    if (!story.isQuiet(permit.at - QUIET_MS, permit.at)) return [];
    return waitingWith(story, permit)
      .filter((other) => goesBefore(rankAt(other, permit.at), permit.rank))
      .filter((other) => !wasThrottled(story, other, permit))
      .map((other) => ({
        promise: 'P4',
        at: permit.at,
        text: `${permit.id} for ${permit.request} passed ${other.name}`,
      }));
  });
}

/** Those who wait in the permit's bucket when it is given, settled. */
function waitingWith(story: Story, permit: PermitStory): RequestStory[] {
  const bucketOf = new Map<string, number>();
  for (const { at, attempt } of story.answers) {
    if (at > permit.at) break;
    if (attempt.limitsVersion === permit.limitsVersion) bucketOf.set(attempt.entry, attempt.bucket);
  }
  return Array.from(story.requests.values()).filter((request) => {
    const settledAt = request.ranks.findLast(({ at }) => at <= permit.at)?.at ?? Infinity;
    return (
      request.name !== permit.request &&
      request.bot === permit.bot &&
      bucketOf.get(request.name) === permit.bucket &&
      settledAt <= permit.at - SETTLED_MS &&
      story.waitedUntil(request) > permit.at
    );
  });
}

function rankAt({ ranks }: RequestStory, moment: number): Rank | undefined {
  return ranks.findLast(({ at }) => at <= moment)?.rank;
}

/** High before normal, then who joined first. */
function goesBefore(one: Rank | undefined, other: Rank): boolean {
  if (one === undefined) return false;
  if (one.priority !== other.priority) return one.priority === 'high';
  if (one.joinedAt !== other.joinedAt) return one.joinedAt < other.joinedAt;
  return one.ticket < other.ticket;
}

function wasThrottled(
  { answers }: Story,
  { name, replica }: RequestStory,
  { at: moment, bot, bucket }: PermitStory,
): boolean {
  const last = answers.findLast(({ at, attempt }) => at <= moment && attempt.entry === name);
  const lastHere = answers.findLast(
    ({ at, attempt, replica: asker }) =>
      at <= moment && asker === replica && attempt.bot === bot && attempt.bucket === bucket,
  );
  const justNow = lastHere !== undefined && lastHere.at > moment - NEXT_HEAD_MS;
  return isThrottled(last) || (justNow && isThrottled(lastHere));
}

function isThrottled(event: EventOf<'answered'> | undefined): boolean {
  return event?.answer.granted === false && event.answer.reason === 'crash-loop';
}
