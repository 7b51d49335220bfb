import { useEffect } from 'react';

/** Calls back whenever the tab becomes visible again. @param callback from `useCallback` */
export function useOnReturn(callback: () => void): void {
  useEffect(() => {
    const onChange = () => {
      if (!document.hidden) callback();
    };
    document.addEventListener('visibilitychange', onChange);
    return () => document.removeEventListener('visibilitychange', onChange);
  }, [callback]);
}
