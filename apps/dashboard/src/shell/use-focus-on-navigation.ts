import { type RefObject, useEffect, useRef } from 'react';
import { useLocation } from 'wouter';

/** Puts the focus on the new page when one has gone to it, as browsers do, and shows its top. */
export function useFocusOnNavigation(): RefObject<HTMLElement | null> {
  const main = useRef<HTMLElement>(null);
  const [path] = useLocation();
  const shown = useRef(path);
  useEffect(() => {
    if (shown.current === path) return;
    shown.current = path;
    main.current?.focus({ preventScroll: true });
    window.scrollTo(0, 0);
  }, [path]);
  return main;
}
