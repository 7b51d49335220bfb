import { useCallback } from 'react';
import type { Waiter } from '../api/schemas.ts';
import { useIsOperator } from '../session/session-context.ts';
import { useActions } from './actions-context.ts';

/**
 * Opens the dialog that evicts a waiter; undefined for a viewer.
 *
 * @param onDone called once the waiter is evicted
 */
export function useEvict(bot: string, onDone: () => void): ((waiter: Waiter) => void) | undefined {
  const { open } = useActions();
  const evict = useCallback(
    (waiter: Waiter) => open({ kind: 'evict', bot, waiter, onDone }),
    [open, bot, onDone],
  );
  return useIsOperator() ? evict : undefined;
}
