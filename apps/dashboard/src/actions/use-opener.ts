import { useCallback, useRef } from 'react';

/** Returns the focus to the element that had it before a dialog opened. */
export interface Opener {
  /** Call it before the dialog opens. */
  readonly remember: () => void;
  /** Call it once the dialog is gone. If the element is gone as well, the page's main part gets the focus. */
  readonly focus: () => void;
}

export function useOpener(): Opener {
  const element = useRef<HTMLElement>(null);
  const remember = useCallback(() => {
    const { activeElement } = document;
    element.current = activeElement instanceof HTMLElement ? activeElement : null;
  }, []);
  const focus = useCallback(() => {
    const isOnPage = element.current?.isConnected === true;
    (isOnPage ? element.current : document.querySelector<HTMLElement>('#main'))?.focus();
  }, []);
  return { remember, focus };
}
