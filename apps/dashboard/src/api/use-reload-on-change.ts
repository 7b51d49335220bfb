import { useCallback, useEffect, useRef } from 'react';
import { useOnReturn } from './use-on-return.ts';

/** The shortest time between two reloads, in ms: each reload of each viewer reads the store. */
const MIN_BETWEEN_MS = 3000;

/** Calls `reload` soon after `subject` has become another object. */
export function useReloadOnChange(subject: object | undefined, reload: () => void): void {
  const seen = useRef(subject);
  const isMissed = useRef(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  useEffect(() => {
    if (seen.current === subject) return;
    seen.current = subject;
    timer.current ??= setTimeout(() => {
      timer.current = undefined;
      // A hidden page does not reload before it is visible again.
      if (document.hidden) isMissed.current = true;
      else reload();
    }, MIN_BETWEEN_MS);
  });

  const catchUp = useCallback(() => {
    if (!isMissed.current) return;
    isMissed.current = false;
    reload();
  }, [reload]);
  useOnReturn(catchUp);

  useEffect(
    () => () => {
      clearTimeout(timer.current);
      timer.current = undefined;
    },
    [],
  );
}
