import { createContext, useContext, useSyncExternalStore } from 'react';
import type { Bot, Snapshot } from '../api/schemas.ts';
import { LiveStore, type Shown } from './live-store.ts';

/** The live state of the page. */
export const LiveContext = createContext(new LiveStore());

/** The live state as the page shows it. Renders at each change, about once a second. */
export function useLive(): Shown {
  const store = useContext(LiveContext);
  return useSyncExternalStore(store.subscribe, store.get);
}

/** A part of the live state. Renders only when that part is another object or value. */
export function useLivePart<T>(part: (shown: Shown) => T): T {
  const store = useContext(LiveContext);
  return useSyncExternalStore(store.subscribe, () => part(store.get()));
}

/** Undefined until the first state has arrived. */
export function useSnapshot(): Snapshot | undefined {
  return useLivePart(({ snapshot }) => snapshot);
}

/** Undefined until the first state has arrived, and for a bot that the service does not have. */
export function useBot(id: string): Bot | undefined {
  return useLivePart(({ snapshot }) => snapshot?.bots[id]);
}
