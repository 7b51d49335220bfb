import { Button, Group, Stack } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import type { ReactNode, SubmitEvent } from 'react';
import { useSubmit } from '../api/use-submit.ts';
import { useUnfreeze } from '../live/use-unfreeze.ts';
import { useKeepOpen } from './busy-context.ts';
import { ProblemAlert } from '../ui/ProblemAlert.tsx';

interface Props {
  /** What the button says that does it. */
  readonly verb: string;
  /** Said once it is done. */
  readonly done: string;
  /** Whether it takes something away from somebody. */
  readonly isHarmful?: boolean;
  /** Makes the change. @throws ApiProblem which is shown */
  readonly order: () => Promise<unknown>;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** What all dialogs have in common: they stay until the change is made or given up, and say why it failed. */
export function DialogForm({ children, done, isHarmful = false, onClose, order, verb }: Props) {
  const unfreeze = useUnfreeze();
  const { isBusy, problem, submit } = useSubmit(order, () => {
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
          {/* What is under way cannot be called back. */}
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
