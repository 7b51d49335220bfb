import { Text } from '@mantine/core';
import { refresh } from '../api/limits.ts';
import { DialogForm } from './DialogForm.tsx';

interface Props {
  readonly bot: string;
  readonly onClose: () => void;
}

/** Makes a replica ask Discord for the limits now. */
export function RefreshForm({ bot, onClose }: Props) {
  return (
    <DialogForm
      verb="Ask now"
      done={`Discord is being asked for the limits of bot ${bot}.`}
      send={() => refresh(bot)}
      onClose={onClose}
    >
      <Text size="sm">
        One replica asks Discord now, instead of at the next scheduled time. The page shows
        Discord's answer as soon as it arrives. For a bot without a token nothing is asked.
      </Text>
    </DialogForm>
  );
}
