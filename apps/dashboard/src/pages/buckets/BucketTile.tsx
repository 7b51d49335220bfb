import { memo } from 'react';
import { Link } from 'wouter';
import type { Bucket } from '../../api/schemas.ts';
import { paths } from '../../app/paths.ts';
import { formatCount } from '../../time/format.ts';
import { WAIT_REASONS } from '../../ui/marks/wait-reasons.ts';
import { Until } from '../../time/Until.tsx';
import classes from './BucketGrid.module.css';

interface Props {
  readonly bot: string;
  readonly bucket: Bucket;
  readonly isPaused: boolean;
  /** The length of the longest line in the grid. */
  readonly maxWaiting: number;
}

/** One bucket of the grid, as a link to its page. */
export const BucketTile = memo(function BucketTile(props: Props) {
  const { bot, bucket, isPaused, maxWaiting } = props;
  const { bucket: number, opensAt, throttled, waiting } = bucket;
  // A paused bucket without waiters has no wait reason.
  const reason = isPaused ? 'paused' : bucket.reason;
  return (
    <li className={classes.cell}>
      <Link
        href={paths.bucket(bot, number)}
        className={classes.tile}
        data-tone={reason === undefined ? 'quiet' : WAIT_REASONS[reason].tone}
        data-empty={waiting === 0 || undefined}
      >
        <span className={classes.number}>
          <span className={classes.hidden}>Bucket </span>#{number}
        </span>
        <span className={classes.waiting}>{formatCount(waiting)}</span>
        <span className={classes.note}>
          {reason === undefined || reason === 'interval' ? (
            <Until moment={opensAt} prefix="opens in " past="open" />
          ) : (
            WAIT_REASONS[reason].text
          )}
        </span>
        {throttled > 0 && <span className={classes.note}>{formatCount(throttled)} throttled</span>}
        <progress className={classes.depth} max={maxWaiting} value={waiting} aria-hidden />
      </Link>
    </li>
  );
});
