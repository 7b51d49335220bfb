import { type RefObject, useEffect, useRef } from 'react';
import { useLocation } from 'wouter';

/** After navigation to another page, moves the focus to that page and scrolls to its top, as browsers do. */
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
