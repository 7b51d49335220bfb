import { lazy, type ReactNode, Suspense, useCallback, useMemo, useState } from 'react';
import type { Action } from './action.ts';
import { ActionsContext } from './actions-context.ts';
import { LoadBoundary } from '../ui/LoadBoundary.tsx';
import { useOpener } from './use-opener.ts';

const ActionDialog = lazy(() => import('./ActionDialog.tsx'));

interface Begun {
  readonly action: Action;
  /** Another one for each time that a dialog is opened. */
  readonly number: number;
  readonly isOpen: boolean;
}

/** Keeps the dialog in which an action is confirmed. It knows the action as it was begun, whatever comes meanwhile. */
export function ActionsProvider({ children }: { readonly children: ReactNode }) {
  const [begun, setBegun] = useState<Begun>();
  // An order that was given up may come to its end when another dialog is open.
  const close = useCallback(
    (number: number) =>
      setBegun((now) => (now?.number === number ? { ...now, isOpen: false } : now)),
    [],
  );
  const { focus, remember } = useOpener();
  const actions = useMemo(
    () => ({
      open: (action: Action) => {
        remember();
        setBegun((before) => ({ action, number: (before?.number ?? 0) + 1, isOpen: true }));
      },
    }),
    [remember],
  );
  return (
    <ActionsContext value={actions}>
      {children}
      <LoadBoundary>
        <Suspense>
          {begun && (
            <ActionDialog
              action={begun.action}
              number={begun.number}
              isOpen={begun.isOpen}
              onClose={close}
              onClosed={focus}
            />
          )}
        </Suspense>
      </LoadBoundary>
    </ActionsContext>
  );
}
