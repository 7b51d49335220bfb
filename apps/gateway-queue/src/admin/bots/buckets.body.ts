import { ApiProperty } from '@nestjs/swagger';
import { BucketBody } from '../../live/bodies/bucket.body.ts';

export class BucketsBody {
  @ApiProperty({
    description: 'By their numbers. Without limits there are only those in which requests wait.',
    type: [BucketBody],
  })
  readonly items!: readonly BucketBody[];
}
