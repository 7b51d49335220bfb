import { lazy, type ReactNode, Suspense, useCallback, useMemo, useState } from 'react';
import type { Action } from './action.ts';
import { ActionsContext } from './actions-context.ts';
import { useOpener } from './use-opener.ts';

const ActionDialog = lazy(() => import('./ActionDialog.tsx'));

/** Keeps the dialog in which an action is confirmed. It knows the action as it was begun, whatever comes meanwhile. */
export function ActionsProvider({ children }: { readonly children: ReactNode }) {
  const [begun, setBegun] = useState<{ readonly action: Action; readonly number: number }>();
  const [isOpen, setOpen] = useState(false);
  const close = useCallback(() => setOpen(false), []);
  const { focus, remember } = useOpener();
  const actions = useMemo(
    () => ({
      open: (action: Action) => {
        remember();
        setBegun((before) => ({ action, number: (before?.number ?? 0) + 1 }));
        setOpen(true);
      },
    }),
    [remember],
  );
  return (
    <ActionsContext value={actions}>
      {children}
      <Suspense>
        {begun && (
          <ActionDialog
            action={begun.action}
            number={begun.number}
            isOpen={isOpen}
            onClose={close}
            onClosed={focus}
          />
        )}
      </Suspense>
    </ActionsContext>
  );
}
