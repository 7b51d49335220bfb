import type { Event } from '../history/event.ts';
import type { IndexedHistory } from '../history/indexed-history.ts';
import type { Violation } from './invariant.ts';

interface Pause {
  readonly bot: string;
  readonly bucket: number | null;
  readonly from: number;
  to: number;
}

/** P7, unless the store lost the pause: no permit is granted in its scope from its answer until its end or the order to lift it. */
export function pauses(history: IndexedHistory): Violation[] {
  const held = pausesOf(history.events);
  return history.permits.flatMap(({ at, bot, bucket, id }) =>
    held
      .filter((pause) => pause.bot === bot && (pause.bucket ?? bucket) === bucket)
      .filter((pause) => at > pause.from && at < pause.to)
      .map((pause) => ({
        promise: 'P7',
        at,
        text: `${id} was granted during the pause since ${pause.from}`,
      })),
  );
}

function pausesOf(events: readonly Event[]): Pause[] {
  const all: Pause[] = [];
  for (const event of events) {
    const { at } = event;
    if (event.kind === 'data lost') {
      // The store wrote the pause before it answered: a pause answered after `since` may be lost.
      for (const pause of all) if (pause.from >= event.since) pause.to = Math.min(pause.to, at);
    }
    if (event.kind !== 'pause answered' && event.kind !== 'resume asked') continue;
    const { bot, bucket } = event.scope;
    for (const pause of all) {
      if (pause.bot === bot && pause.bucket === bucket) pause.to = Math.min(pause.to, at);
    }
    if (event.kind === 'resume asked') continue;
    all.push({ bot, bucket, from: at, to: event.endsAt ?? Infinity });
  }
  return all;
}
