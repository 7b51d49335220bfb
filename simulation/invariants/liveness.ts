import type { Story } from '../history/indexed-history.ts';
import type { Violation } from './invariant.ts';

/** Once trouble is over, in the end: everybody who waits at a replica that lives was served. */
export function liveness(story: Story): Violation[] {
  return Array.from(story.requests.values())
    .filter((request) => story.waitedUntil(request) === Infinity)
    .map(({ heldAt, name }) => ({
      promise: 'liveness',
      at: heldAt,
      text: `${name} waits for ever`,
    }));
}
