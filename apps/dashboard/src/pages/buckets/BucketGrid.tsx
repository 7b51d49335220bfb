import type { NumberedBucket } from './numbered-bucket.ts';
import { BucketTile } from './BucketTile.tsx';
import classes from './BucketGrid.module.css';

interface Props {
  readonly bot: string;
  readonly buckets: readonly NumberedBucket[];
}

/** Buckets as tiles. The bar of a tile shows the length of its line, the color whether the line moves. */
export function BucketGrid({ bot, buckets }: Props) {
  const maxWaiting = buckets.reduce((max, { bucket }) => Math.max(max, bucket.waiting), 1);
  return (
    <ul className={classes.grid} aria-label="Buckets">
      {buckets.map(({ bucket, number, pause }) => (
        <BucketTile
          key={number}
          bot={bot}
          number={number}
          bucket={bucket}
          isPaused={pause !== undefined}
          maxWaiting={maxWaiting}
        />
      ))}
    </ul>
  );
}
