import { ActionIcon, Text } from '@mantine/core';
import { LogOut } from 'lucide-react';
import { useState } from 'react';
import { type ApiProblem, toProblem } from '../api/api-problem.ts';
import { endSession } from '../api/session.ts';
import { useSignedIn } from '../session/session-context.ts';
import classes from './Account.module.css';

const UNAUTHORIZED = 401;

/** The user's name and role, and the button that logs out. */
export function Account() {
  const { onSignedOut, session } = useSignedIn();
  const [problem, setProblem] = useState<ApiProblem>();
  const logOut = async () => {
    try {
      await endSession();
    } catch (error) {
      const failure = toProblem(error);
      // 401: the session is already over. After any other failure it still exists, and the next person at this browser could use it.
      if (failure.status !== UNAUTHORIZED) {
        setProblem(failure);
        return;
      }
    }
    onSignedOut();
  };
  const label = `Log out ${session.name}`;
  return (
    <>
      <div className={classes.user}>
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
        onClick={() => void logOut()}
      >
        <LogOut size={18} aria-hidden />
      </ActionIcon>
      {problem !== undefined && (
        <Text role="alert" size="xs" className={classes.problem}>
          {problem.status === 0 ? 'You may still be logged in.' : 'You are still logged in.'}{' '}
          {problem.detail}
        </Text>
      )}
    </>
  );
}
