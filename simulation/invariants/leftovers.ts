import type { Story } from '../history/indexed-history.ts';
import type { Violation } from './invariant.ts';

/**
 * P5, when no request was doubled, whose second copy may enter those that have left, and the store lost nothing that was
 * undone in it: in the end, when nobody waits, no replica that lives holds a rank or a head.
 */
export function remains(story: Story): Violation[] {
  const undone = story.troubles.some(
    ({ what }) => what === 'request doubled' || what === 'store lost writes',
  );
  if (undone) return [];
  return story.events.flatMap((event) =>
    event.kind === 'remains'
      ? event.what.map((what) => ({ promise: 'P5', at: event.at, text: `${what} is left behind` }))
      : [],
  );
}
