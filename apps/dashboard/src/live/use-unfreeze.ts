import { useCallback, useContext } from 'react';
import { LiveContext } from './live-context.ts';

/** Lets the page go on: to be called when somebody has changed something, and is to see what came of it. */
export function useUnfreeze(): () => void {
  const store = useContext(LiveContext);
  return useCallback(() => store.unfreeze(), [store]);
}
