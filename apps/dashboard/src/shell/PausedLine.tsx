import { Button } from '@mantine/core';
import { memo } from 'react';
import { useActions } from '../actions/actions-context.ts';
import type { Pause } from '../api/schemas.ts';
import { nameOf, type Scope } from '../api/scope.ts';
import { useIsOperator } from '../session/session-context.ts';
import { Moment } from '../ui/Moment.tsx';
import { Since } from '../ui/Since.tsx';
import { Until } from '../ui/Until.tsx';
import classes from './PausedBanner.module.css';

interface Props {
  readonly scope: Scope;
  readonly pause: Pause;
}

/** One pause, and the way to lift it. */
export const PausedLine = memo(function PausedLine({ pause, scope }: Props) {
  const { open } = useActions();
  const isOperator = useIsOperator();
  const name = nameOf(scope);
  return (
    <div className={classes.line}>
      <div className={classes.text}>
        <span className={classes.scope}>Paused: {name}.</span> “{pause.reason}”, by {pause.by},{' '}
        since <Moment moment={pause.since} /> (<Since moment={pause.since} />
        ),{' '}
        {pause.until === undefined ? (
          'until somebody resumes it'
        ) : (
          <>
            until <Moment moment={pause.until} /> (in <Until moment={pause.until} past="a moment" />
            )
          </>
        )}
        .
      </div>
      {isOperator && (
        <Button
          size="xs"
          variant="default"
          aria-label={`Resume ${name}`}
          onClick={() => open({ kind: 'resume', scope })}
        >
          Resume
        </Button>
      )}
    </div>
  );
});
