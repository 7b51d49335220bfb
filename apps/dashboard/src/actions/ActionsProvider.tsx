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

interface Opened {
  readonly action: Action;
  /** Differs each time that the dialog opens. */
  readonly number: number;
  readonly isOpen: boolean;
}

/** Shows the dialog of an action. The dialog keeps the action as it was when the operator opened it, whatever changes behind it. */
export function ActionsProvider({ children }: { readonly children: ReactNode }) {
  const [opened, setOpened] = useState<Opened>();
  // After an update of the service, an open page can no longer load the dialog's old file.
  useLoadWhenIdle(loadDialog, useIsOperator());
  const close = useCallback(() => setOpened((now) => now && { ...now, isOpen: false }), []);
  const { focus, remember } = useOpener();
  const actions = useMemo(
    () => ({
      open: (action: Action) => {
        remember();
        setOpened((before) => ({ action, number: (before?.number ?? 0) + 1, isOpen: true }));
      },
    }),
    [remember],
  );
  return (
    <ActionsContext value={actions}>
      {children}
      <LoadBoundary className={classes.failure}>
        <Suspense>
          {opened && (
            <ActionDialog
              action={opened.action}
              number={opened.number}
              isOpen={opened.isOpen}
              onClose={close}
              onClosed={focus}
            />
          )}
        </Suspense>
      </LoadBoundary>
    </ActionsContext>
  );
}
