import { WholeNumberParameter } from '../../http/whole-number-parameter.ts';
import { BucketParameter } from '../http/bucket-parameter.ts';
import { ShardParameter } from '../http/shard-parameter.ts';

/** So many permits are looked at, from the newest on: most bots may start 1000 sessions a day. */
export const MAX_PERMITS = 2000;

/** Which permits. */
export class RecentPermitsQuery {
  @BucketParameter('Those of this bucket alone.')
  readonly bucket?: number;

  @ShardParameter('Those of this shard alone.')
  readonly shard?: number;

  @WholeNumberParameter({
    description: 'How many at most.',
    min: 1,
    max: MAX_PERMITS,
    default: 100,
  })
  readonly limit: number = 100;
}
