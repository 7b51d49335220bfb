import { Button } from '@mantine/core';
import { Link } from 'wouter';
import { useSnapshot } from '../live/live-context.ts';
import classes from './BotSelect.module.css';

interface Props {
  readonly bot: string;
  /** The path of the same page for another bot. */
  readonly pathOf: (bot: string) => string;
}

/** Links to the same page of each bot. Empty while there is only one bot. */
export function BotSelect({ bot, pathOf }: Props) {
  const bots = Object.keys(useSnapshot()?.bots ?? {});
  if (bots.length < 2) return null;
  return (
    <nav aria-label="Bots" className={classes.bots}>
      {bots.map((id) => (
        <Button
          key={id}
          component={Link}
          href={pathOf(id)}
          size="xs"
          variant="default"
          className={classes.bot ?? ''}
          aria-current={id === bot ? 'page' : undefined}
        >
          {id}
        </Button>
      ))}
    </nav>
  );
}
