import type { PermitStory, Story } from '../history/indexed-history.ts';
import { RULES } from '../plan.ts';
import type { Violation } from './invariant.ts';

const { confirmTimeoutMs, intervalMs, marginMs } = RULES;

/**
 * P1, whatever goes wrong: a permit comes no earlier than every rival before it allows that was not released by then:
 * one interval after its confirm; interval and margin after a permit that nobody confirms; the time for the confirm
 * more where one is awaited; and if the store has lost it, interval and margin after that at the latest.
 */
export function spacing(story: Story): Violation[] {
  return spaces(story)
    .filter(({ spareMs }) => spareMs < -ROUNDING_MS)
    .map(({ first, second, spareMs }) => ({
      promise: 'P1',
      at: second.at,
      text: `${second.id} came ${-spareMs} ms too early after ${first.id}`,
    }));
}

/** By how much more than they had to be any two rivals were apart; 0 is best, and less breaks the promise. */
export function leastSpareMs(story: Story): number {
  return Math.min(...spaces(story).map(({ spareMs }) => spareMs));
}

/** What adding fractions of a ms in another order may come to. */
const ROUNDING_MS = 1e-6;

function spaces(story: Story): { first: PermitStory; second: PermitStory; spareMs: number }[] {
  return story.permits.flatMap((second, index) =>
    story.permits
      .slice(0, index)
      .filter((first) => areRivals(first, second) && !wasBack(first, second.at))
      .map((first) => ({ first, second, spareMs: second.at - allowsFrom(first, second.at) })),
  );
}

function areRivals(one: PermitStory, other: PermitStory): boolean {
  if (one.bot !== other.bot) return false;
  return one.limitsVersion !== other.limitsVersion || one.bucket === other.bucket;
}

function wasBack({ releasedAt }: PermitStory, at: number): boolean {
  return releasedAt !== undefined && releasedAt <= at;
}

/** When the bucket may have its next permit, as things stand at `now`. */
export function allowsFrom(permit: PermitStory, now: number): number {
  const { at, confirm, confirmedAt, lostAt } = permit;
  const unconfirmed = at + intervalMs + marginMs;
  const allowed =
    confirmedAt !== undefined && confirmedAt <= now
      ? confirmedAt + intervalMs
      : confirm
        ? unconfirmed + confirmTimeoutMs
        : unconfirmed;
  const forgotten = lostAt !== undefined && lostAt <= now;
  return forgotten ? Math.min(allowed, lostAt + intervalMs + marginMs) : allowed;
}
