import type { EventOf } from '../history/event.ts';
import type { PermitStory, Story } from '../history/indexed-history.ts';
import type { Violation } from './invariant.ts';

/** How long a dead replica may hold others up, and a head that was left. */
const HOLD_UP_MS = 3000;

/**
 * P5, whatever goes wrong: a permit reaches its shard or is released, unless its replica was killed with it, the store
 * lost it, its answer was on its way to a client that had gone, which nobody could know, or it was given to a copy of a
 * question that had been answered already, to which nobody listens.
 */
export function ghosts(story: Story): Violation[] {
  return story.permits
    .filter((permit) => !isAccountedFor(story, permit))
    .map(({ at, id, request }) => ({
      promise: 'P5',
      at,
      text: `${id}, given for ${request}, reached nobody and was not released`,
    }));
}

/**
 * P5, when nothing went wrong for 3 s but that replicas were killed before: nobody is sent to wait behind others when none
 * of them waits: no other request that ranks before it was held in that time.
 */
export function deadHeads(story: Story): Violation[] {
  return story.answers
    .filter((event) => waitsBehindNobody(story, event))
    .map((event) => ({
      promise: 'P5',
      at: event.at,
      text: `${event.attempt.entry} was sent to wait behind nobody`,
    }));
}

function isAccountedFor(story: Story, permit: PermitStory): boolean {
  const { answerLost, endedWith, releasedAt, lostAt, receivedAt, replica } = permit;
  if (receivedAt !== undefined || releasedAt !== undefined || answerLost) return true;
  const holders = [replica, ...endedWith.map((name) => story.requests.get(name)?.replica)];
  if (lostAt !== undefined || holders.some((name) => story.killed.has(name ?? ''))) return true;
  return endedWith.length === 0 && wasDeniedBefore(story, permit);
}

function wasDeniedBefore(story: Story, { at, id }: PermitStory): boolean {
  return story.answers.some(
    (event) => event.at < at && event.attempt.operation === id && !event.answer.granted,
  );
}

function waitsBehindNobody(story: Story, { answer, at, attempt }: EventOf<'answered'>): boolean {
  if (answer.granted || answer.reason !== 'line') return false;
  if (!story.isQuiet(at - HOLD_UP_MS, at)) return false;
  return !Array.from(story.requests.values()).some(
    (other) =>
      other.bot === attempt.bot &&
      other.name !== attempt.entry &&
      other.heldAt <= at &&
      story.waitedUntil(other) >= at - HOLD_UP_MS &&
      other.ranks.some(
        ({ rank }) => rank.priority === 'high' || rank.joinedAt <= attempt.rank.joinedAt,
      ),
  );
}
