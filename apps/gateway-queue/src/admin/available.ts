import { limiterUnavailable } from '../store/store-answers.ts';
import type { SnapshotBody } from '../live/bodies/snapshot.body.ts';

/**
 * A snapshot that is as fresh as it looks.
 *
 * @throws Problem when the limiter's store does not answer: what is in it is as it was last seen
 */
export function available(snapshot: SnapshotBody): SnapshotBody {
  if (!snapshot.limiter.available) throw limiterUnavailable();
  return snapshot;
}
