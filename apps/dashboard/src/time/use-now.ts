import { useSyncExternalStore } from 'react';
import { useLivePart } from '../live/live-context.ts';
import { ticker } from './ticker.ts';

/**
 * Now by the service's clock, as far as it is known; in ms since the Unix epoch. Renders anew once a second, and stands
 * still while the page is frozen.
 */
export function useNow(): number {
  const here = useSyncExternalStore(ticker.subscribe, ticker.get);
  const aheadMs = useLivePart((shown) => shown.aheadMs ?? 0);
  const frozenAt = useLivePart((shown) => shown.frozenAt);
  return frozenAt ?? here - aheadMs;
}

/** Now by the clock of this machine, which goes on while the page is frozen. */
export function useNowHere(): number {
  return useSyncExternalStore(ticker.subscribe, ticker.get);
}
