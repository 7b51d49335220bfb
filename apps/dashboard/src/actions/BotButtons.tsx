import { Button, Group } from '@mantine/core';
import type { Bot } from '../api/schemas.ts';
import { WHOLE_BOT } from '../api/scope.ts';
import { useIsOperator } from '../session/session-context.ts';
import { useActions } from './actions-context.ts';
import { PauseButton } from './PauseButton.tsx';

interface Props {
  readonly id: string;
  readonly bot: Bot;
}

/** The buttons that pause, refresh or override a whole bot. Empty for a viewer. */
export function BotButtons({ bot, id }: Props) {
  const { open } = useActions();
  if (!useIsOperator()) return null;
  return (
    <Group gap="xs">
      <PauseButton scope={{ bot: id }} pause={bot.pauses[WHOLE_BOT]} />
      <Button
        size="xs"
        variant="default"
        aria-label={`Refresh the limits of bot ${id}`}
        onClick={() => open({ kind: 'refresh', bot: id })}
      >
        Refresh
      </Button>
      <Button
        size="xs"
        variant="default"
        aria-label={`Override the limits of bot ${id}, or lift the override`}
        onClick={() => open({ kind: 'override', bot: id })}
      >
        Override
      </Button>
    </Group>
  );
}
