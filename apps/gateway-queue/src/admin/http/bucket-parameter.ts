import { WholeNumberParameter } from '../../http/whole-number-parameter.ts';
import { MAX_BUCKET } from './bucket-in-path.ts';

/** Reads and documents a query parameter that chooses one bucket. */
export const BucketParameter = (description: string): PropertyDecorator =>
  WholeNumberParameter({ description, min: 0, max: MAX_BUCKET });
