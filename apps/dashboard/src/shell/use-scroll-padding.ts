import { type RefObject, useEffect, useRef } from 'react';

/** Room for the focus outline below the element at the top, in px. */
const GAP_PX = 8;

/**
 * Keeps an element that the page scrolls to, by focus or by a link, visible below the element that sticks to the top of the
 * screen (WCAG 2.2, 2.4.11). The height of that element may change.
 *
 * @returns the ref of the element at the top
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
