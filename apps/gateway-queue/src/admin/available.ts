import { limiterUnavailable } from '../store/store-answers.ts';
import type { SnapshotBody } from '../live/bodies/snapshot.body.ts';

/**
 * Passes on a snapshot that was read from the store just now.
 *
 * @throws Problem when the limiter's store does not answer: the snapshot then shows what was read last
 */
export function available(snapshot: SnapshotBody): SnapshotBody {
  if (!snapshot.limiter.available) throw limiterUnavailable();
  return snapshot;
}
