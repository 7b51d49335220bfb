import { ActionsProvider } from '../actions/ActionsProvider.tsx';
import { LiveProvider } from '../live/LiveProvider.tsx';
import { PermitLogsProvider } from '../permits/PermitLogsProvider.tsx';
import { useSignedIn } from '../session/session-context.ts';
import { Shell } from '../shell/Shell.tsx';
import { Pages } from './Pages.tsx';

/** The dashboard of a user with a session. Dialogs stand outside of the pages, so that a change of a page does not close them. */
export default function SignedInApp() {
  const { onSignedOut } = useSignedIn();
  return (
    <LiveProvider onSignedOut={onSignedOut}>
      <PermitLogsProvider>
        <ActionsProvider>
          <Shell>
            <Pages />
          </Shell>
        </ActionsProvider>
      </PermitLogsProvider>
    </LiveProvider>
  );
}
