import { useLivePart } from '../live/live-context.ts';
import { formatDuration, formatTime } from '../time/format.ts';
import { useNowHere } from '../time/use-now.ts';
import classes from './StaleBar.module.css';

/** Says that the page does not show the present state, and why. Empty while the page is live. */
export function StaleBar() {
  const feed = useLivePart((shown) => shown.feed);
  const frozenAt = useLivePart((shown) => shown.frozenAt);
  const aheadMs = useLivePart((shown) => shown.aheadMs ?? 0);
  const now = useNowHere();
  switch (feed.kind) {
    case 'unreachable':
      return (
        <section aria-label="Connection" className={classes.bar} data-tone="bad">
          No live data for {formatDuration(now - feed.since)}. Trying again. Check that the service
          runs, and that a proxy in front of it passes on /api/v1/events.
        </section>
      );
    case 'stale': {
      const stale = `Stale for ${formatDuration(now - feed.since)}, reconnecting.`;
      // Like all times on the page, by the service's clock.
      const shownAt = formatTime(feed.since - aheadMs);
      return (
        <section aria-label="Connection" className={classes.bar} data-tone="bad">
          {frozenAt === undefined
            ? `${stale} The page shows the state at ${shownAt}.`
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
          Frozen at {formatTime(frozenAt)}. Turn “Freeze” off to see the present state.
        </section>
      );
  }
}
