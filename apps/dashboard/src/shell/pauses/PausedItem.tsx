import { Button } from '@mantine/core';
import { memo } from 'react';
import { useActions } from '../../actions/actions-context.ts';
import type { Pause } from '../../api/schemas.ts';
import { nameOf, type Scope } from '../../api/scope.ts';
import { useIsOperator } from '../../session/session-context.ts';
import { PauseDescription } from '../../ui/PauseDescription.tsx';
import classes from './PausedBanner.module.css';

interface Props {
  readonly scope: Scope;
  readonly pause: Pause;
}

/** One pause, with a button that resumes it. */
export const PausedItem = memo(function PausedItem({ pause, scope }: Props) {
  const { open } = useActions();
  const isOperator = useIsOperator();
  const name = nameOf(scope);
  return (
    <li className={classes.item}>
      <div className={classes.text}>
        <span className={classes.scope}>Paused: {name}.</span> <PauseDescription pause={pause} />
      </div>
      {isOperator && (
        <Button
          size="xs"
          variant="default"
          aria-label={`Resume ${name}`}
          onClick={() => open({ kind: 'resume', scope, pause })}
        >
          Resume
        </Button>
      )}
    </li>
  );
});
