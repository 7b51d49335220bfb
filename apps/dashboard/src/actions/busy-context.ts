import { createContext, useContext, useEffect } from 'react';

/** Told by what stands in a dialog whether an order is under way; the dialog stays open then. */
export const BusyContext = createContext<(isBusy: boolean) => void>(() => undefined);

/** Keeps the dialog around it open for as long as `isBusy`, so that nobody misses how the order ends. */
export function useKeepOpen(isBusy: boolean): void {
  const setBusy = useContext(BusyContext);
  useEffect(() => {
    setBusy(isBusy);
    return () => setBusy(false);
  }, [setBusy, isBusy]);
}
