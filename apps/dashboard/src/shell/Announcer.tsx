import { VisuallyHidden } from '@mantine/core';
import { useMemo, useState } from 'react';
import type { Hold, Snapshot } from '../api/schemas.ts';
import { nameOf } from '../api/scope.ts';
import type { FeedState } from '../live/feed-message.ts';
import { useLive } from '../live/live-context.ts';
import { formatTime } from '../time/format.ts';
import { WAIT_REASONS } from '../ui/marks/wait-reasons.ts';
import { activePauses } from './pauses/active-pauses.ts';

/** Tells screen readers of each change of state, once. It does not read out durations and counts, which change all the time. */
export function Announcer() {
  const { feed, frozenAt, snapshot } = useLive();
  const paused = useMemo(() => (snapshot ? namesOfPaused(snapshot) : ''), [snapshot]);
  const throttled = useMemo(() => (snapshot ? namesOfThrottled(snapshot) : ''), [snapshot]);
  const heldBack = useMemo(() => (snapshot ? namesOfHeldBack(snapshot) : ''), [snapshot]);
  const limiterText = useLimiterText(snapshot?.limiter.available);
  return (
    <VisuallyHidden component="output" aria-atomic={false}>
      <span>{describeFeed(feed.kind, frozenAt)}</span> <span>{limiterText}</span>{' '}
      <span>{throttled !== '' && `Shards of ${throttled} are throttled.`}</span>{' '}
      <span>{heldBack !== '' && `Held back: ${heldBack}.`}</span>{' '}
      <span>{paused !== '' && `Paused: ${paused}.`}</span>
    </VisuallyHidden>
  );
}

/** The announcement about the limiter: empty until the limiter has been unavailable once. */
function useLimiterText(isAvailable: boolean | undefined): string {
  const [wasUnavailable, setWasUnavailable] = useState(false);
  if (isAvailable === false && !wasUnavailable) setWasUnavailable(true);
  if (isAvailable === false) return 'No permits: the limiter is unavailable.';
  return wasUnavailable ? 'The limiter is available again.' : '';
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

/** Holds that are announced in no other way. */
const HELD_BACK: ReadonlySet<Hold['reason']> = new Set(['budget', 'limits-unknown']);

function namesOfHeldBack({ bots }: Snapshot): string {
  return Object.entries(bots)
    .flatMap(([bot, { holds }]) =>
      Object.values(holds)
        .filter(({ reason }) => HELD_BACK.has(reason))
        .map(({ reason }) => `${nameOf({ bot })} (${WAIT_REASONS[reason].text})`),
    )
    .join(', ');
}

function describeFeed(kind: FeedState['kind'], frozenAt: number | undefined): string {
  const frozen = frozenAt === undefined ? '' : `Frozen at ${formatTime(frozenAt)}.`;
  switch (kind) {
    case 'stale':
      return `Connection lost. The page shows old data. ${frozen}`;
    case 'unreachable':
      return 'No live data yet. Trying again.';
    case 'live':
      return frozen === '' ? 'Live.' : frozen;
    case 'connecting':
    case 'signed-out':
      return 'Connecting.';
  }
}
