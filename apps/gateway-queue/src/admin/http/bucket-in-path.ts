import { parseWholeNumber, wholeNumberRule } from '../../http/whole-number.ts';
import { Problem } from '../../http/problem.ts';
import { MAX_BUCKETS } from '../../settings/bot-settings.ts';

/** The largest bucket that there can be. */
export const MAX_BUCKET = MAX_BUCKETS - 1;

/** The rule for a bucket. */
export const BUCKET_RULE = wholeNumberRule(0, MAX_BUCKET);

/**
 * The bucket that a part of a path names. The route checks whether the bot has that bucket. This is no pipe on a number:
 * Nest would have parsed the text before, and would have accepted `1e3` and `0x10`.
 *
 * @throws Problem when no bucket can have that number
 */
export function toBucket(text: string): number {
  const bucket = parseWholeNumber(text, 0, MAX_BUCKET);
  if (bucket === undefined) throw Problem.invalidParameter('bucket', BUCKET_RULE);
  return bucket;
}
