import { Button } from '@mantine/core';
import { CirclePause, CirclePlay } from 'lucide-react';
import type { Pause } from '../api/schemas.ts';
import { nameOf, type Scope } from '../api/scope.ts';
import { useIsOperator } from '../session/session-context.ts';
import { useActions } from './actions-context.ts';

interface Props {
  readonly scope: Scope;
  /** The present pause of exactly this scope, if there is one. */
  readonly pause: Pause | undefined;
}

/** Opens the dialog that pauses a scope or resumes a paused one. Empty for a viewer. */
export function PauseButton({ pause, scope }: Props) {
  const { open } = useActions();
  const verb = pause === undefined ? 'Pause' : 'Resume';
  const Icon = pause === undefined ? CirclePause : CirclePlay;
  if (!useIsOperator()) return null;
  return (
    <Button
      size="xs"
      variant="default"
      leftSection={<Icon size={14} aria-hidden />}
      aria-label={`${verb} ${nameOf(scope)}`}
      onClick={() =>
        open(pause === undefined ? { kind: 'pause', scope } : { kind: 'resume', scope, pause })
      }
    >
      {verb}
    </Button>
  );
}
