import { useCallback } from 'react';
import type { Waiter } from '../api/schemas.ts';
import { useIsOperator } from '../session/session-context.ts';
import { useActions } from './actions-context.ts';

/**
 * What opens the dialog that ends a wait; undefined for a viewer.
 *
 * @param onDone called once a wait was ended
 */
export function useEvict(bot: string, onDone: () => void): ((waiter: Waiter) => void) | undefined {
  const { open } = useActions();
  const evict = useCallback(
    (waiter: Waiter) => open({ kind: 'evict', bot, waiter, onDone }),
    [open, bot, onDone],
  );
  return useIsOperator() ? evict : undefined;
}
