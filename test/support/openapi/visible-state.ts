import { GIVING, WAITING } from './served-api.ts';
import type { Prerequisites } from './prerequisites.ts';

/** What operators do to others; of who logged in or tried to there is no end. */
const CHANGES = ['pause', 'resume', 'evict', 'refresh', 'override-limits', 'lift-override'];

/** How long something has been is reckoned anew each time. Limits and budget are of the last tick, and follow later. */
const MOVING: ReadonlySet<string> = new Set(['since', 'until', 'at', 'limits', 'budget']);

/** A bucket that there is not. Whatever an operator changes, lists are read anew afterwards; else they may be a second old. */
const PAUSE_OF_NOTHING = `/api/v1/bots/${GIVING}/buckets/999/pause`;
const TO_READ_ANEW = 'To read anew';

/** All that a request could change, and what operators are said to have changed, but for this reading. */
export async function visibleState(prerequisites: Prerequisites): Promise<unknown> {
  await prerequisites.pause(PAUSE_OF_NOTHING, TO_READ_ANEW);
  const paths = [
    '/api/v1/pauses',
    ...CHANGES.map((action) => `/api/v1/audit?action=${action}&limit=500`),
    ...[GIVING, WAITING].flatMap((bot) => [
      `/api/v1/bots/${bot}/waiters?limit=1000`,
      `/api/v1/bots/${bot}/permits?limit=2000`,
      // For the override.
      `/api/v1/bots/${bot}/limits`,
    ]),
  ];
  const bodies = await Promise.all(
    paths.map(async (path): Promise<[string, unknown]> => [path, await prerequisites.read(path)]),
  );
  return JSON.parse(JSON.stringify(Object.fromEntries(bodies), withoutMoving));
}

function withoutMoving(name: string, value: unknown): unknown {
  if (name === 'items' && Array.isArray(value))
    return value.filter((item) => !isOfThisReading(item));
  return MOVING.has(name) ? undefined : value;
}

function isOfThisReading(item: unknown): boolean {
  return typeof item === 'object' && item !== null && Reflect.get(item, 'reason') === TO_READ_ANEW;
}
