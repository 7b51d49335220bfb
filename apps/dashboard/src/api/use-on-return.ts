import { useEffect } from 'react';

/** Calls back whenever the tab is looked at again. @param callback from `useCallback` */
export function useOnReturn(callback: () => void): void {
  useEffect(() => {
    const look = () => {
      if (!document.hidden) callback();
    };
    document.addEventListener('visibilitychange', look);
    return () => document.removeEventListener('visibilitychange', look);
  }, [callback]);
}
