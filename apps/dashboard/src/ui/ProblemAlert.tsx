import { Alert, Button, Stack, Text } from '@mantine/core';
import { CircleAlert } from 'lucide-react';
import type { ApiProblem } from '../api/api-problem.ts';
import classes from './ProblemAlert.module.css';

interface Props {
  readonly problem: ApiProblem;
  /** Called by the button "Try again"; without it there is no button. */
  readonly onRetry?: (() => void) | undefined;
}

/** Says why a request failed, in the words of the API. */
export function ProblemAlert({ onRetry, problem }: Props) {
  return (
    <Alert
      role="alert"
      title={problem.title}
      icon={<CircleAlert aria-hidden />}
      classNames={classes}
    >
      <Stack gap="xs" align="flex-start">
        <Text size="sm">{problem.detail}</Text>
        {onRetry && (
          <Button size="xs" variant="default" onClick={onRetry}>
            Try again
          </Button>
        )}
      </Stack>
    </Alert>
  );
}
