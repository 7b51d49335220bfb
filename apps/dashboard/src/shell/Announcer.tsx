import { VisuallyHidden } from '@mantine/core';
import { useMemo } from 'react';
import { useLive } from '../live/live-context.ts';
import { formatTime } from '../time/format.ts';
import { nameOf, pausesOf } from './pauses-of.ts';

/** Tells who cannot see it when the state of things is another one; what only counts on is not said. */
export function Announcer() {
  const { feed, frozenAt, snapshot } = useLive();
  const paused = useMemo(
    () =>
      snapshot === undefined
        ? ''
        : pausesOf(snapshot)
            .map(({ scope }) => nameOf(scope))
            .join(', '),
    [snapshot],
  );
  return (
    <VisuallyHidden component="output">
      <span>{describeFeed(feed.kind, frozenAt)}</span>{' '}
      <span>
        {snapshot?.limiter.available === false && 'No permits: the limiter is unavailable.'}
      </span>{' '}
      <span>{paused !== '' && `Paused: ${paused}.`}</span>
    </VisuallyHidden>
  );
}

function describeFeed(kind: string, frozenAt: number | undefined): string {
  if (kind === 'stale') return 'The connection is lost. What is shown is old.';
  if (frozenAt !== undefined) return `Frozen at ${formatTime(frozenAt)}.`;
  return kind === 'live' ? 'Live.' : 'Connecting.';
}
