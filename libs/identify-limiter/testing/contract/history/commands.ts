import {
  type LimitsReport,
  type Priority,
  SESSION_WINDOW_MS,
} from '@gateway-queue/identify-limiter';
import * as fc from 'fast-check';
import { DEFAULT_RULES } from '../harness.ts';
import { BOT, discordReport, MOMENT_MS, OTHER_BOT, report } from '../moves.ts';

interface Newcomer {
  replica: string;
  bot: string;
  shard: number | null;
  priority: Priority;
  confirm: boolean;
}

/** One step of a random history. `pick` chooses among what there is by then. */
export type Command =
  | ({ do: 'enter' } & Newcomer)
  | ({ do: 'ask' } & Newcomer)
  | { do: 'try'; pick: number }
  | { do: 'repeat'; replica: string; pick: number }
  | { do: 'leave'; pick: number }
  | { do: 'confirm'; replica: string; pick: number }
  | { do: 'release'; replica: string; pick: number }
  | { do: 'advance'; ms: number; intervals: number; timeouts: number }
  | { do: 'pause'; bot: string; bucket: number | null; durationMs: number | null }
  | { do: 'resume'; bot: string; bucket: number | null }
  | { do: 'report'; bot: string; report: LimitsReport }
  | { do: 'restart'; downMs: number; wallJumpMs: number; confirmTimeoutMs: number }
  | { do: 'reboot'; downMs: number; confirmTimeoutMs: number };

/** The time for a confirm: less than Discord takes to count a start, and more. */
export const CONFIRM_TIMEOUTS_MS = [4000, 15_000];

export type Troubles = 'none' | 'wall clock' | 'reboot';

const { marginMs: MARGIN_MS } = DEFAULT_RULES;

const replica = fc.constantFrom('a', 'b');
const bot = fc.constantFrom(BOT, BOT, BOT, OTHER_BOT);
const pick = fc.nat(20);
const bucket = fc.constantFrom(null, 0, 1);
const ms = fc.constantFrom(0, MOMENT_MS, 500, 2000, 9000, 11_000, 60_000);
const aboutNothing = fc.constantFrom(0, -MOMENT_MS);
/** With one interval and its margin: the plain interval. */
const aboutPlain = fc.constantFrom(-MARGIN_MS, -MARGIN_MS - MOMENT_MS);
const aWindow = fc.constant(SESSION_WINDOW_MS);
const durationMs = fc.constantFrom(null, 2000, 30_000);
const hourEitherWay = fc.constantFrom(0, 3_600_000, -3_600_000);
const confirmTimeoutMs = fc.constantFrom(...CONFIRM_TIMEOUTS_MS);
const newcomer = {
  replica,
  bot,
  shard: fc.constantFrom(null, 0, 1, 2, 3, 4, 5),
  priority: fc.constantFrom<Priority[]>('normal', 'normal', 'high'),
  confirm: fc.boolean(),
};

const maxConcurrency = fc.constantFrom(2, 2, 2, 1, 3);
const total = fc.integer({ min: 1, max: 8 });
const reportWithout = fc
  .record({ maxConcurrency, total })
  .map((limits) => report(limits.maxConcurrency, { total: limits.total }));
const reportWith = fc
  .record({
    maxConcurrency,
    left: fc.nat(8),
    resetInMs: fc.constantFrom(5000, 30_000, 3_600_000),
    // Off every other moment by a fraction, so that no permit is just as old as the oldest uncounted one.
    askedMsAgo: fc.constantFrom(MOMENT_MS / 2, 3000 + MOMENT_MS / 2),
  })
  .map(({ left, ...rest }) => discordReport(rest.maxConcurrency, left, { total: 8, ...rest }));

/** Two shards in a row ask again after their permits, as those do that are refused. Seldom by chance alone. */
const refusals = fc
  .record({ replica, bot, first: fc.constantFrom(0, 1) })
  .map(({ first, ...rest }): Command[] => {
    const ask = (shard: number): Command => ({
      do: 'ask',
      ...rest,
      shard,
      priority: 'high',
      confirm: false,
    });
    const wait: Command = { do: 'advance', ms: 2000, intervals: 1, timeouts: 0 };
    return [first, first + 2, first + 4].flatMap((shard) => [wait, ask(shard), ask(shard)]);
  });

/** What happens however often. */
const STEPS: fc.WeightedArbitrary<Command>[] = [
  { weight: 3, arbitrary: step('enter', newcomer) },
  { weight: 8, arbitrary: step('ask', newcomer) },
  { weight: 8, arbitrary: step('try', { pick }) },
  { weight: 2, arbitrary: step('repeat', { replica, pick }) },
  { weight: 3, arbitrary: step('leave', { pick }) },
  { weight: 5, arbitrary: step('confirm', { replica, pick }) },
  { weight: 3, arbitrary: step('release', { replica, pick }) },
  { weight: 4, arbitrary: advance(ms, { intervals: 0, timeouts: 0 }) },
  { weight: 4, arbitrary: advance(aboutNothing, { intervals: 1, timeouts: 0 }) },
  { weight: 3, arbitrary: advance(aboutPlain, { intervals: 1, timeouts: 0 }) },
  { weight: 2, arbitrary: advance(aboutNothing, { intervals: 1, timeouts: 1 }) },
  { weight: 1, arbitrary: advance(ms, { intervals: 0, timeouts: 1 }) },
  { weight: 1, arbitrary: advance(aWindow, { intervals: 0, timeouts: 0 }) },
  { weight: 1, arbitrary: step('pause', { bot, bucket, durationMs }) },
  { weight: 2, arbitrary: step('resume', { bot, bucket }) },
  { weight: 2, arbitrary: step('report', { bot, report: fc.oneof(reportWithout, reportWith) }) },
];

/** Histories with one kind of trouble: no limiter can tell a wrong wall clock during a reboot. */
export function histories(troubles: Troubles): fc.Arbitrary<Command[]> {
  const one = fc.oneof(...STEPS, ...ends(troubles)).map((command) => [command]);
  const some = fc.oneof({ weight: 30, arbitrary: one }, { weight: 1, arbitrary: refusals });
  return fc.array(some, { maxLength: 60, size: 'max' }).map((parts) => parts.flat());
}

/** What ends all replicas. */
function ends(troubles: Troubles): fc.WeightedArbitrary<Command>[] {
  switch (troubles) {
    case 'none':
      return [];
    case 'wall clock':
      return [
        {
          weight: 1,
          arbitrary: step('restart', { downMs: ms, wallJumpMs: hourEitherWay, confirmTimeoutMs }),
        },
      ];
    case 'reboot':
      return [{ weight: 1, arbitrary: step('reboot', { downMs: ms, confirmTimeoutMs }) }];
    default:
      return troubles satisfies never;
  }
}

/** Time passes: `more` and so many whole intervals and confirm timeouts. */
function advance(
  more: fc.Arbitrary<number>,
  { intervals, timeouts }: { intervals: number; timeouts: number },
): fc.Arbitrary<Command> {
  return more.map((moreMs) => ({ do: 'advance', ms: moreMs, intervals, timeouts }));
}

function step<K extends Command['do'], T extends object>(
  name: K,
  members: { [M in keyof T]: fc.Arbitrary<T[M]> },
): fc.Arbitrary<{ do: K } & T> {
  return fc.record(members).map((rest) => Object.assign({ do: name }, rest));
}
