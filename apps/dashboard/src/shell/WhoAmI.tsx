import { ActionIcon, Text } from '@mantine/core';
import { LogOut } from 'lucide-react';
import { endSession } from '../api/session.ts';
import { useSignedIn } from '../session/session-context.ts';
import classes from './WhoAmI.module.css';

/** Who is logged in, as what, and the way out. */
export function WhoAmI() {
  const { onSignedOut, session } = useSignedIn();
  const label = `Log out ${session.name}`;
  return (
    <>
      <div className={classes.who}>
        <Text size="sm" fw={600} lh={1.2} truncate>
          {session.name}
        </Text>
        <Text size="xs" c="dimmed" lh={1.2}>
          {session.role}
        </Text>
      </div>
      <ActionIcon
        variant="default"
        size="lg"
        aria-label={label}
        title={label}
        // Whether or not the service can be told, the page is to be left.
        onClick={() =>
          void endSession()
            .catch(() => undefined)
            .finally(onSignedOut)
        }
      >
        <LogOut size={18} aria-hidden />
      </ActionIcon>
    </>
  );
}
