import { createContext, useContext } from 'react';
import type { Action } from './action.ts';

/** Opens the dialog in which an operator confirms an action. */
export interface Actions {
  readonly open: (action: Action) => void;
}

export const ActionsContext = createContext<Actions>({ open: () => undefined });

export function useActions(): Actions {
  return useContext(ActionsContext);
}
