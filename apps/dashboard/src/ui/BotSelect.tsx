import { NativeSelect } from '@mantine/core';
import { useLocation } from 'wouter';
import { useSnapshot } from '../live/live-context.ts';

interface Props {
  readonly bot: string;
  /** The page of the same kind for another bot. */
  readonly pathOf: (bot: string) => string;
}

/** Leads to the same page of another bot. Not there while there is only one. */
export function BotSelect({ bot, pathOf }: Props) {
  const [, navigate] = useLocation();
  const bots = Object.keys(useSnapshot()?.bots ?? {});
  if (bots.length < 2) return null;
  return (
    <NativeSelect
      aria-label="Bot"
      size="xs"
      data={bots}
      value={bot}
      onChange={({ currentTarget }) => navigate(pathOf(currentTarget.value))}
    />
  );
}
