import type { Bot, Bucket } from '../../api/schemas.ts';
import { BucketTile } from './BucketTile.tsx';
import { isPaused } from './shows.ts';
import classes from './BucketGrid.module.css';

interface Props {
  readonly bot: string;
  readonly buckets: readonly Bucket[];
  readonly pauses: Bot['pauses'];
}

/** Buckets as tiles. The bar of a tile shows the length of its line, the color whether the line moves. */
export function BucketGrid({ bot, buckets, pauses }: Props) {
  const maxWaiting = buckets.reduce((max, { waiting }) => Math.max(max, waiting), 1);
  return (
    <ul className={classes.grid} aria-label="Buckets">
      {buckets.map((bucket) => (
        <BucketTile
          key={bucket.bucket}
          bot={bot}
          bucket={bucket}
          isPaused={isPaused(bucket, pauses)}
          maxWaiting={maxWaiting}
        />
      ))}
    </ul>
  );
}
