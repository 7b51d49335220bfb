import { createContext, useContext } from 'react';
import type { Action } from './action.ts';

/** Opens dialogs, in which actions are confirmed. */
export interface Actions {
  readonly open: (action: Action) => void;
}

export const ActionsContext = createContext<Actions>({ open: () => undefined });

export function useActions(): Actions {
  return useContext(ActionsContext);
}
