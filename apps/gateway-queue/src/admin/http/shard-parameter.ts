import { WholeNumberParameter } from '../../http/whole-number-parameter.ts';
import { MAX_SHARD } from '../../queue/identify.query.ts';

/** Reads and documents a query parameter that chooses one shard. */
export const ShardParameter = (description: string): PropertyDecorator =>
  WholeNumberParameter({ description, min: 0, max: MAX_SHARD });
