import { createContext, useContext } from 'react';
import type { Session } from '../api/schemas.ts';

/** Who is logged in, and how that ends. */
export interface SignedIn {
  readonly session: Session;
  /** Tells the page that there is no session any more. */
  readonly onSignedOut: () => void;
}

/** Null outside of what only those see who are logged in. */
export const SessionContext = createContext<SignedIn | null>(null);

/** @throws Error where nobody is logged in */
export function useSignedIn(): SignedIn {
  const signedIn = useContext(SessionContext);
  if (signedIn === null) throw new Error('There is no session here.');
  return signedIn;
}

/** Whether the one who looks may also change things. */
export function useIsOperator(): boolean {
  return useSignedIn().session.role === 'operator';
}
