import { type RefObject, useEffect, useRef } from 'react';

/** Between what stands at the top and what is scrolled below it: room for the outline of what has the focus, in px. */
const GAP_PX = 8;

/**
 * Keeps what is scrolled to, by focus or by a link, from lying under an element that stays at the top of the screen (WCAG
 * 2.2, 2.4.11), however high that is.
 *
 * @returns the ref of that element
 */
export function useScrollPadding(): RefObject<HTMLDivElement | null> {
  const top = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const element = top.current;
    if (element === null) return undefined;
    const { style } = document.documentElement;
    const observer = new ResizeObserver(() => {
      style.scrollPaddingTop = `${element.offsetHeight + GAP_PX}px`;
    });
    observer.observe(element);
    return () => {
      observer.disconnect();
      style.scrollPaddingTop = '';
    };
  }, []);
  return top;
}
