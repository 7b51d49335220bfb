import { Center } from '@mantine/core';
import type { ApiProblem } from '../api/api-problem.ts';
import { Loading } from '../ui/loading/Loading.tsx';
import { ProblemAlert } from '../ui/ProblemAlert.tsx';

interface Props {
  readonly problem?: ApiProblem | undefined;
  readonly onRetry?: () => void;
}

/** Fills the screen until the session is known, and says why it could not be read. */
export function FirstLoad({ onRetry, problem }: Props) {
  return (
    <Center component="main" mih="100vh" p="md">
      {problem === undefined ? (
        <Loading what="the dashboard" />
      ) : (
        <ProblemAlert problem={problem} onRetry={onRetry} />
      )}
    </Center>
  );
}
