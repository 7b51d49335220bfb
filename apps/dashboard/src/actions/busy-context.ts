import { createContext, useContext, useEffect } from 'react';

/** Through this a form tells its dialog whether a request is under way. The dialog cannot be closed then. */
export const BusyContext = createContext<(isBusy: boolean) => void>(() => undefined);

/** Keeps the dialog around it open while `isBusy`, so that the operator sees how the request ends. */
export function useKeepOpen(isBusy: boolean): void {
  const setBusy = useContext(BusyContext);
  useEffect(() => {
    setBusy(isBusy);
    return () => setBusy(false);
  }, [setBusy, isBusy]);
}
