import { WholeNumberParameter } from '../../http/whole-number-parameter.ts';

/** Shard ids are 32 bit integers to most clients. */
const LARGEST_SHARD = 2 ** 31 - 1;

/** Reads and documents a query parameter that chooses one shard. */
export const ShardParameter = (description: string): PropertyDecorator =>
  WholeNumberParameter({ description, least: 0, most: LARGEST_SHARD });
