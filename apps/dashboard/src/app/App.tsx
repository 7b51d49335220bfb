import { MantineProvider } from '@mantine/core';
import { lazy, Suspense } from 'react';
import { Route, Router, Switch } from 'wouter';
import { SessionGate } from '../session/SessionGate.tsx';
import { FirstLoad } from '../session/FirstLoad.tsx';
import { LoadBoundary } from '../ui/loading/LoadBoundary.tsx';
import { theme } from './theme.ts';

const LoginPage = lazy(() => import('../pages/login/LoginPage.tsx'));
const SignedInApp = lazy(() => import('./SignedInApp.tsx'));

/** The path under which the service serves the page, without the slash at the end. */
const BASE = import.meta.env.BASE_URL.replace(/\/$/, '');

/** The whole dashboard. */
export function App() {
  return (
    <MantineProvider
      theme={theme}
      defaultColorScheme="auto"
      // The page's policy forbids style elements; theme.css and Mantine's style files have the same content.
      withCssVariables={false}
      withGlobalClasses={false}
    >
      <Router base={BASE}>
        <LoadBoundary>
          <Suspense fallback={<FirstLoad />}>
            <Switch>
              <Route path="/login" component={LoginPage} />
              <Route>
                <SessionGate>
                  <SignedInApp />
                </SessionGate>
              </Route>
            </Switch>
          </Suspense>
        </LoadBoundary>
      </Router>
    </MantineProvider>
  );
}
