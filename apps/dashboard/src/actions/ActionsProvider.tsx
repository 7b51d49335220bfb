import { lazy, type ReactNode, Suspense, useCallback, useMemo, useState } from 'react';
import { useIsOperator } from '../session/session-context.ts';
import { LoadBoundary } from '../ui/loading/LoadBoundary.tsx';
import type { Action } from './action.ts';
import { ActionsContext } from './actions-context.ts';
import classes from './ActionsProvider.module.css';
import { useLoadWhenIdle } from './use-load-when-idle.ts';
import { useOpener } from './use-opener.ts';

const loadDialog = () => import('./ActionDialog.tsx');
const ActionDialog = lazy(loadDialog);

interface Begun {
  readonly action: Action;
  /** Another one for each time that a dialog is opened. */
  readonly number: number;
  readonly isOpen: boolean;
}

/** Keeps the dialog in which an action is confirmed. It knows the action as it was begun, whatever comes meanwhile. */
export function ActionsProvider({ children }: { readonly children: ReactNode }) {
  const [begun, setBegun] = useState<Begun>();
  // After an update of the service it could not be had any more by a page that was there before.
  useLoadWhenIdle(loadDialog, useIsOperator());
  const close = useCallback(() => setBegun((now) => now && { ...now, isOpen: false }), []);
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
      <LoadBoundary className={classes.failure}>
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
