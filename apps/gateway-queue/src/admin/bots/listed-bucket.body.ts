import { ApiProperty } from '@nestjs/swagger';
import { BucketBody } from '../../live/bodies/bucket.body.ts';

/** A bucket, with its number. */
export class ListedBucketBody extends BucketBody {
  @ApiProperty({
    description: 'Its number: `shard % maxConcurrency`.',
    type: 'integer',
    minimum: 0,
    example: 3,
  })
  readonly bucket!: number;
}

export class BucketsBody {
  @ApiProperty({
    description: 'By their numbers. Without limits there are only those in which somebody waits.',
    type: [ListedBucketBody],
  })
  readonly items!: readonly ListedBucketBody[];
}
