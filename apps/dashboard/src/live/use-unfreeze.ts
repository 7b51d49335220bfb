import { useCallback, useContext } from 'react';
import { LiveContext } from './live-context.ts';

/** Unfreezes the page. Call it after an action, so that the user sees its result. */
export function useUnfreeze(): () => void {
  const store = useContext(LiveContext);
  return useCallback(() => store.unfreeze(), [store]);
}
