import type { Pause, Snapshot } from '../../api/schemas.ts';
import { type Scope, WHOLE_BOT } from '../../api/scope.ts';

/** A pause in force, and the bot or bucket that it pauses. */
export interface ActivePause {
  readonly scope: Scope;
  readonly pause: Pause;
}

/**
 * All pauses in force, bot by bot: that of the whole bot first, then those of buckets by number. The pause of a bucket that
 * does not exist at present is left out.
 */
export function activePauses(snapshot: Snapshot): ActivePause[] {
  return Object.entries(snapshot.bots).flatMap(([bot, { pauses }]) =>
    Object.entries(pauses)
      .filter(([, { dormant }]) => !dormant)
      .map(([name, pause]) => ({
        scope: name === WHOLE_BOT ? { bot } : { bot, bucket: Number(name) },
        pause,
      }))
      .toSorted((one, other) => (one.scope.bucket ?? -1) - (other.scope.bucket ?? -1)),
  );
}
