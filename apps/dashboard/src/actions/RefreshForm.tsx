import { Text } from '@mantine/core';
import { refresh } from '../api/limits.ts';
import { DialogForm } from './DialogForm.tsx';

interface Props {
  readonly bot: string;
  readonly onClose: () => void;
}

/** Has Discord asked now. */
export function RefreshForm({ bot, onClose }: Props) {
  return (
    <DialogForm
      verb="Ask now"
      done={`Discord is being asked for the limits of bot ${bot}.`}
      order={() => refresh(bot)}
      onClose={onClose}
    >
      <Text size="sm">
        One replica asks Discord now, instead of when it is next due. What Discord answers is shown
        as soon as it comes. A bot without a token has nothing to ask with.
      </Text>
    </DialogForm>
  );
}
