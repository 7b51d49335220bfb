import { createContext, useContext, useSyncExternalStore } from 'react';
import type { Bot, Snapshot } from '../api/schemas.ts';
import { LiveStore, type Shown } from './live-store.ts';

/** The store of this page. */
export const LiveContext = createContext(new LiveStore());

/** The live state as it is shown. Renders anew with each change, once a second. */
export function useLive(): Shown {
  const store = useContext(LiveContext);
  return useSyncExternalStore(store.subscribe, store.get);
}

/** A part of what is shown. Renders anew when that part is another object or value. */
export function useLivePart<T>(part: (shown: Shown) => T): T {
  const store = useContext(LiveContext);
  return useSyncExternalStore(store.subscribe, () => part(store.get()));
}

/** Undefined until something was heard. */
export function useSnapshot(): Snapshot | undefined {
  return useLivePart(({ snapshot }) => snapshot);
}

/** Undefined until something was heard, and for a bot that does not exist. */
export function useBot(id: string): Bot | undefined {
  return useLivePart(({ snapshot }) => snapshot?.bots[id]);
}
