import { WholeNumberParameter } from '../../http/whole-number-parameter.ts';
import { BucketParameter } from '../http/bucket-parameter.ts';
import { ShardParameter } from '../http/shard-parameter.ts';

/** The newest permits are searched, up to this many. Most bots may start 1000 sessions a day. */
export const MAX_PERMITS = 2000;

/** Which permits. */
export class RecentPermitsQuery {
  @BucketParameter('Only permits of this bucket.')
  readonly bucket?: number;

  @ShardParameter('Only permits of this shard.')
  readonly shard?: number;

  @WholeNumberParameter({
    description: 'How many at most.',
    min: 1,
    max: MAX_PERMITS,
    default: 100,
  })
  readonly limit: number = 100;
}
