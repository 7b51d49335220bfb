import { Button, Group, Stack } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import type { ReactNode, SubmitEvent } from 'react';
import { useSubmit } from '../api/use-submit.ts';
import { useUnfreeze } from '../live/use-unfreeze.ts';
import { useKeepOpen } from './busy-context.ts';
import { ProblemAlert } from '../ui/ProblemAlert.tsx';

interface Props {
  /** The text of the button that sends the request. */
  readonly verb: string;
  /** The notification after success. */
  readonly done: string;
  /** Whether the request holds up or evicts shards: its button is red then. */
  readonly isHarmful?: boolean;
  /** Sends the request. @throws ApiProblem which the form shows */
  readonly send: () => Promise<unknown>;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** The form of every dialog. It stays open until the request succeeds or the operator cancels, and says why a request failed. */
export function DialogForm({ children, done, isHarmful = false, onClose, send, verb }: Props) {
  const unfreeze = useUnfreeze();
  const { isBusy, problem, submit } = useSubmit(send, () => {
    unfreeze();
    notifications.show({
      message: done,
      withBorder: true,
      closeButtonProps: { 'aria-label': 'Dismiss' },
    });
    onClose();
  });
  useKeepOpen(isBusy);
  const onSubmit = (event: SubmitEvent) => {
    event.preventDefault();
    submit();
  };
  return (
    <form onSubmit={onSubmit}>
      <Stack gap="md">
        {children}
        {problem !== undefined && <ProblemAlert problem={problem} />}
        <Group justify="flex-end" gap="xs">
          {/* A request that was sent cannot be taken back. */}
          <Button variant="default" onClick={onClose} disabled={isBusy}>
            Cancel
          </Button>
          <Button type="submit" loading={isBusy} color={isHarmful ? 'red.9' : 'blue.8'}>
            {verb}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
