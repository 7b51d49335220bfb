import { VisuallyHidden } from '@mantine/core';
import { useMemo, useState } from 'react';
import type { Snapshot } from '../api/schemas.ts';
import { nameOf } from '../api/scope.ts';
import type { FeedState } from '../live/feed-message.ts';
import { useLive } from '../live/live-context.ts';
import { formatTime } from '../time/format.ts';
import { activePauses } from './pauses/active-pauses.ts';

/** Tells who cannot see it when the state of things is another one, once; what only counts on is not said. */
export function Announcer() {
  const { feed, frozenAt, snapshot } = useLive();
  const paused = useMemo(() => (snapshot ? namesOfPaused(snapshot) : ''), [snapshot]);
  const throttled = useMemo(() => (snapshot ? namesOfThrottled(snapshot) : ''), [snapshot]);
  const limiterNews = useLimiterNews(snapshot?.limiter.available);
  return (
    <VisuallyHidden component="output" aria-atomic={false}>
      <span>{describeFeed(feed.kind, frozenAt)}</span> <span>{limiterNews}</span>{' '}
      <span>{throttled !== '' && `Crash loop: shards of ${throttled} are throttled.`}</span>{' '}
      <span>{paused !== '' && `Paused: ${paused}.`}</span>
    </VisuallyHidden>
  );
}

/** What is to be said of the limiter: nothing, until it has been away once. */
function useLimiterNews(isAvailable: boolean | undefined): string {
  const [wasAway, setWasAway] = useState(false);
  if (isAvailable === false && !wasAway) setWasAway(true);
  if (isAvailable === false) return 'No permits: the limiter is unavailable.';
  return wasAway ? 'The limiter answers again.' : '';
}

function namesOfPaused(snapshot: Snapshot): string {
  return activePauses(snapshot)
    .map(({ scope }) => nameOf(scope))
    .join(', ');
}

function namesOfThrottled({ bots }: Snapshot): string {
  return Object.entries(bots)
    .filter(([, { buckets }]) => Object.values(buckets).some(({ throttled }) => throttled > 0))
    .map(([bot]) => nameOf({ bot }))
    .join(', ');
}

function describeFeed(kind: FeedState['kind'], frozenAt: number | undefined): string {
  const frozen = frozenAt === undefined ? '' : `Frozen at ${formatTime(frozenAt)}.`;
  switch (kind) {
    case 'stale':
      return `The connection is lost. What is shown is old. ${frozen}`;
    case 'unreachable':
      return 'No live state has come yet. It is tried again.';
    case 'live':
      return frozen === '' ? 'Live.' : frozen;
    case 'connecting':
    case 'signed-out':
      return 'Connecting.';
  }
}
