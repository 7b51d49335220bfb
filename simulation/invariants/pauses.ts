import type { Event } from '../history/event.ts';
import type { Story } from '../history/indexed-history.ts';
import type { Violation } from './invariant.ts';

interface Pause {
  readonly bot: string;
  readonly bucket: number | null;
  readonly from: number;
  to: number;
}

/** P7, unless the store lost the pause: no permit in its scope from its answer until it ends or is to be lifted. */
export function pauses(story: Story): Violation[] {
  const held = pausesOf(story.events);
  return story.permits.flatMap(({ at, bot, bucket, id }) =>
    held
      .filter((pause) => pause.bot === bot && (pause.bucket ?? bucket) === bucket)
      .filter((pause) => at > pause.from && at < pause.to)
      .map((pause) => ({ promise: 'P7', at, text: `${id} in a pause since ${pause.from}` })),
  );
}

function pausesOf(events: readonly Event[]): Pause[] {
  const all: Pause[] = [];
  for (const event of events) {
    const { at } = event;
    if (event.kind === 'lost data') {
      // Its answer came later than the write.
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
