import { useEffect } from 'react';
import { useLivePart } from '../live/live-context.ts';

/** So long after the first live state nothing of the page itself is being loaded any more, in ms. */
const AFTER_MS = 2000;

/**
 * Loads a part that is going to be needed later, once the page is there and has nothing to do.
 *
 * @param load must not change from one rendering to the next; that it fails is seen when the part is needed
 * @param isWanted whether it is going to be needed
 */
export function useLoadWhenIdle(load: () => Promise<unknown>, isWanted: boolean): void {
  const isLive = useLivePart(({ snapshot }) => snapshot !== undefined);
  useEffect(() => {
    if (!isWanted || !isLive) return undefined;
    const timer = setTimeout(() => {
      load().catch(() => undefined);
    }, AFTER_MS);
    return () => clearTimeout(timer);
  }, [load, isWanted, isLive]);
}
