import { useLive } from '../live/live-context.ts';
import { formatDuration, formatTime } from '../time/format.ts';
import { useNowHere } from '../time/use-now.ts';
import classes from './StaleBar.module.css';

/** Says, as long as it is so, that what is shown is not what is. */
export function StaleBar() {
  const { feed, frozenAt } = useLive();
  const now = useNowHere();
  if (feed.kind === 'stale') {
    return (
      <div className={classes.bar} data-tone="bad">
        Stale for {formatDuration(now - feed.since)}, reconnecting. What is shown was so at{' '}
        {formatTime(feed.since)}.
      </div>
    );
  }
  if (frozenAt !== undefined) {
    return (
      <div className={classes.bar} data-tone="warning">
        Frozen at {formatTime(frozenAt)}. Turn “Freeze” off to see what has happened since.
      </div>
    );
  }
  return null;
}
