import type { Pause, Snapshot } from '../../api/schemas.ts';
import { type Scope, WHOLE_BOT } from '../../api/scope.ts';

/** A pause that holds, and what it holds back. */
export interface ActivePause {
  readonly scope: Scope;
  readonly pause: Pause;
}

/** All pauses, bot by bot, the whole bot's first. Those of buckets that do not exist at present hold nothing back. */
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
