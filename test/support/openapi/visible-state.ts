import type { Stage } from './stage.ts';

/** Members of answers that move by themselves: how long something has been is reckoned anew each time. */
const MOVING: ReadonlySet<string> = new Set(['since', 'until', 'at']);

/** What operators did to the service, and what there is to be changed; without who logged in and when. */
export async function visibleState(stage: Stage, bots: readonly string[]): Promise<unknown> {
  const paths = [
    '/api/v1/pauses',
    ...['pause', 'resume', 'evict', 'refresh', 'override-limits', 'lift-override'].map(
      (action) => `/api/v1/audit?action=${action}&limit=500`,
    ),
    ...bots.flatMap((bot) => [
      `/api/v1/bots/${bot}/waiters?limit=1000`,
      `/api/v1/bots/${bot}/permits?limit=2000`,
      `/api/v1/bots/${bot}/limits`,
    ]),
  ];
  const bodies = await Promise.all(paths.map(async (path) => [path, await stage.read(path)]));
  return JSON.parse(JSON.stringify(Object.fromEntries(bodies), withoutMoving));
}

function withoutMoving(name: string, value: unknown): unknown {
  return MOVING.has(name) ? undefined : value;
}
