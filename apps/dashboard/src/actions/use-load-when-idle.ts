import { useEffect } from 'react';
import { useLivePart } from '../live/live-context.ts';

/** This long after the first live state the page itself has finished loading, in ms. */
const AFTER_MS = 2000;

/**
 * Loads a part of the page ahead of its use, once the page itself has loaded.
 *
 * @param load must be the same function at every rendering. Its failure shows when the part is needed.
 * @param isWanted whether the part may be needed
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
