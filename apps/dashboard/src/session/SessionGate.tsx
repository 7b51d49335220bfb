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

/** Shows its children to those who are logged in, and leads the others to the login page and back. */
export function SessionGate({ children }: { readonly children: ReactNode }) {
  const [state, setState] = useState<State>('loading');
  const [path] = useLocation();
  const search = useSearch();

  const look = useCallback(() => {
    showSession()
      .then(setState)
      .catch((error: unknown) => setState(isSignedOut(error) ? 'signed-out' : toProblem(error)));
  }, []);
  const lookAgain = () => {
    setState('loading');
    look();
  };
  // Another tab may have logged in as somebody else meanwhile. What cannot be learned now changes nothing.
  const compare = useCallback(() => {
    showSession()
      .then((session) => setState((before) => (isSame(before, session) ? before : session)))
      .catch(() => undefined);
  }, []);
  const end = useCallback(() => setState('signed-out'), []);
  useEffect(look, [look]);
  useOnReturn(compare);
  useEffect(() => onSignedOut(end), [end]);

  const signedIn = useMemo(
    () =>
      typeof state === 'object' && 'role' in state ? { session: state, onSignedOut: end } : null,
    [state, end],
  );
  if (state === 'signed-out') {
    return <Redirect to={loginPath(search === '' ? path : `${path}?${search}`)} replace />;
  }
  if (signedIn === null) {
    return (
      <FirstLoad
        problem={typeof state === 'object' && 'code' in state ? state : undefined}
        onRetry={lookAgain}
      />
    );
  }
  return <SessionContext value={signedIn}>{children}</SessionContext>;
}

function isSame(state: State, { name, role }: Session): boolean {
  return typeof state === 'object' && 'role' in state && state.name === name && state.role === role;
}
