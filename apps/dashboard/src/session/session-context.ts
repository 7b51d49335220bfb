import { createContext, useContext } from 'react';
import type { Session } from '../api/schemas.ts';

/** The user's session, and how it ends. */
export interface SignedIn {
  readonly session: Session;
  /** Tells the page that the session has ended. */
  readonly onSignedOut: () => void;
}

/** Null on pages that need no session. */
export const SessionContext = createContext<SignedIn | null>(null);

/** @throws Error outside of SessionGate */
export function useSignedIn(): SignedIn {
  const signedIn = useContext(SessionContext);
  if (signedIn === null) throw new Error('There is no session here.');
  return signedIn;
}

/** Whether the user may change things; a viewer may only read. */
export function useIsOperator(): boolean {
  return useSignedIn().session.role === 'operator';
}
