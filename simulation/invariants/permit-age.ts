import type { Story } from '../history/indexed-history.ts';
import { RULES } from '../plan.ts';
import type { Violation } from './invariant.ts';

/** What the margin has to cover of an unconfirmed permit's way, and of one that is to be confirmed half its time. */
const OLDEST_MS = { unconfirmed: RULES.marginMs, awaited: RULES.confirmTimeoutMs / 2 };

/** From the replica to the client. */
const LAST_LEG_MS = 5;

/** P2, whatever goes wrong: no permit is so old when its shard gets it that, used at once, it came too close before the next. */
export function freshness(story: Story): Violation[] {
  return story.permits.flatMap(({ at, confirm, id, receivedAt }) => {
    const oldestMs = confirm ? OLDEST_MS.awaited : OLDEST_MS.unconfirmed;
    if (receivedAt === undefined || receivedAt - at <= oldestMs + LAST_LEG_MS) return [];
    const text = `${id} was ${receivedAt - at} ms old when it was received`;
    return [{ promise: 'P2', at: receivedAt, text }];
  });
}
