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
        <section aria-label="Connection" className={classes.bar} data-tone="bad">
          No live state has come yet, for {formatDuration(now - feed.since)}. It is tried again.
          Check that the service runs, and that a proxy before it passes on /api/v1/events.
        </section>
      );
    case 'stale': {
      const stale = `Stale for ${formatDuration(now - feed.since)}, reconnecting.`;
      // All other times on the page are by the service's clock.
      const shownAt = formatTime(feed.since - aheadMs);
      return (
        <section aria-label="Connection" className={classes.bar} data-tone="bad">
          {frozenAt === undefined
            ? `${stale} What is shown was so at ${shownAt}.`
            : `Frozen at ${formatTime(frozenAt)}. ${stale}`}
        </section>
      );
    }
    case 'connecting':
    case 'live':
    case 'signed-out':
      if (frozenAt === undefined) return null;
      return (
        <section aria-label="Connection" className={classes.bar} data-tone="warning">
          Frozen at {formatTime(frozenAt)}. Turn “Freeze” off to see what has happened since.
        </section>
      );
  }
}
