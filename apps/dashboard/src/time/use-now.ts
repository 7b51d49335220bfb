import { useSyncExternalStore } from 'react';
import { useLivePart } from '../live/live-context.ts';
import { ticker } from './ticker.ts';

/**
 * The time by the service's clock, in ms since the Unix epoch; by this machine's clock until the difference is known.
 * Renders once a second. While the page is frozen, the time stands still.
 */
export function useNow(): number {
  const here = useSyncExternalStore(ticker.subscribe, ticker.get);
  const aheadMs = useLivePart((shown) => shown.aheadMs ?? 0);
  const frozenAt = useLivePart((shown) => shown.frozenAt);
  return frozenAt ?? here - aheadMs;
}

/** The time by this machine's clock, in ms since the Unix epoch. It goes on while the page is frozen. */
export function useNowHere(): number {
  return useSyncExternalStore(ticker.subscribe, ticker.get);
}
