import { useCallback, useEffect, useRef } from 'react';
import { useOnReturn } from './use-on-return.ts';

/** How often something is asked for again at most, in ms: each time is a read of the store, for each who looks. */
const MIN_BETWEEN_MS = 3000;

/** Calls `reload` when `subject` is another object than before, soon after. */
export function useReloadOnChange(subject: object | undefined, reload: () => void): void {
  const seen = useRef(subject);
  const isMissed = useRef(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  useEffect(() => {
    if (seen.current === subject) return;
    seen.current = subject;
    timer.current ??= setTimeout(() => {
      timer.current = undefined;
      // Who does not look needs nothing new, until they look again.
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
