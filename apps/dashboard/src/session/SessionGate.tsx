import { type ReactNode, useCallback, useEffect, useMemo, useState } from 'react';
import { Redirect, useLocation, useSearch } from 'wouter';
import { type ApiProblem, toProblem } from '../api/api-problem.ts';
import { isSignedOut, onSignedOut } from '../api/request.ts';
import type { Session } from '../api/schemas.ts';
import { showSession } from '../api/session.ts';
import { useOnReturn } from '../api/use-on-return.ts';
import { FirstLoad } from './FirstLoad.tsx';
import { loginPath } from './login-path.ts';
import { SessionContext } from './session-context.ts';

type State = 'loading' | 'signed-out' | Session | ApiProblem;

/** Shows its children while there is a session. Without one it leads to the login page, and from there back to the same page. */
export function SessionGate({ children }: { readonly children: ReactNode }) {
  const [state, setState] = useState<State>('loading');
  const [path] = useLocation();
  const search = useSearch();

  const readSession = useCallback(() => {
    showSession()
      .then(setState)
      .catch((error: unknown) => setState(isSignedOut(error) ? 'signed-out' : toProblem(error)));
  }, []);
  const retry = () => {
    setState('loading');
    readSession();
  };
  // The user may have logged in under another name in another tab. If the check fails, the page stays as it is.
  const checkUser = useCallback(() => {
    showSession()
      .then((session) => setState((before) => (isSame(before, session) ? before : session)))
      .catch(() => undefined);
  }, []);
  const endSession = useCallback(() => setState('signed-out'), []);
  useEffect(readSession, [readSession]);
  useOnReturn(checkUser);
  useEffect(() => onSignedOut(endSession), [endSession]);

  const signedIn = useMemo(
    () =>
      typeof state === 'object' && 'role' in state
        ? { session: state, onSignedOut: endSession }
        : null,
    [state, endSession],
  );
  if (state === 'signed-out') {
    return <Redirect to={loginPath(search === '' ? path : `${path}?${search}`)} replace />;
  }
  if (signedIn === null) {
    return (
      <FirstLoad
        problem={typeof state === 'object' && 'code' in state ? state : undefined}
        onRetry={retry}
      />
    );
  }
  return <SessionContext value={signedIn}>{children}</SessionContext>;
}

function isSame(state: State, { name, role }: Session): boolean {
  return typeof state === 'object' && 'role' in state && state.name === name && state.role === role;
}
