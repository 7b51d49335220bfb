import { useLivePart } from '../live/live-context.ts';
import { formatDuration, formatTime } from '../time/format.ts';
import { useNowHere } from '../time/use-now.ts';
import classes from './StaleBar.module.css';

/** Says, as long as it is so, that what is shown is not what is. */
export function StaleBar() {
  const feed = useLivePart((shown) => shown.feed);
  const frozenAt = useLivePart((shown) => shown.frozenAt);
  const aheadMs = useLivePart((shown) => shown.aheadMs ?? 0);
  const now = useNowHere();
  switch (feed.kind) {
    case 'unreachable':
      return (
        <div className={classes.bar} data-tone="bad">
          No live state has come yet, for {formatDuration(now - feed.since)}. It is tried again.
          Check that the service runs, and that a proxy before it passes on /api/v1/events.
        </div>
      );
    case 'stale': {
      const begin = frozenAt === undefined ? 'Stale' : `Frozen at ${formatTime(frozenAt)}, stale`;
      // All other times on the page are by the service's clock.
      const shownAt = frozenAt ?? feed.since - aheadMs;
      return (
        <div className={classes.bar} data-tone="bad">
          {begin} for {formatDuration(now - feed.since)}, reconnecting. What is shown was so at{' '}
          {formatTime(shownAt)}.
        </div>
      );
    }
    case 'connecting':
    case 'live':
    case 'signed-out':
      if (frozenAt === undefined) return null;
      return (
        <div className={classes.bar} data-tone="warning">
          Frozen at {formatTime(frozenAt)}. Turn “Freeze” off to see what has happened since.
        </div>
      );
  }
}
