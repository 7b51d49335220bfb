import { parseWholeNumber, wholeNumberRule } from '../../http/whole-number.ts';
import { Problem } from '../../http/problem.ts';
import { MAX_BUCKETS } from '../../settings/bot-settings.ts';

/** The largest bucket that there can be. */
export const MAX_BUCKET = MAX_BUCKETS - 1;

/** What is right for a bucket. */
export const BUCKET_RULE = wholeNumberRule(0, MAX_BUCKET);

/**
 * The bucket that a part of a path names; whether there is such a one is for the route to say. No pipe: Nest would have made a
 * number of it before, of `1e3` and `0x10` too.
 *
 * @throws Problem when it can be none
 */
export function toBucket(text: string): number {
  const bucket = parseWholeNumber(text, 0, MAX_BUCKET);
  if (bucket === undefined) throw Problem.invalidParameter('bucket', BUCKET_RULE);
  return bucket;
}
