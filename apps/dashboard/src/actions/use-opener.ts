import { useCallback, useRef } from 'react';

/** Where the focus was when a dialog was opened, and the way back there. */
export interface Opener {
  /** To be called before it opens. */
  readonly remember: () => void;
  /** To be called once it is gone. What has gone meanwhile itself is stood in for by the page. */
  readonly focus: () => void;
}

export function useOpener(): Opener {
  const element = useRef<HTMLElement>(null);
  const remember = useCallback(() => {
    const { activeElement } = document;
    element.current = activeElement instanceof HTMLElement ? activeElement : null;
  }, []);
  const focus = useCallback(() => {
    const isThere = element.current?.isConnected === true;
    (isThere ? element.current : document.querySelector<HTMLElement>('#main'))?.focus();
  }, []);
  return { remember, focus };
}
