import { HOLD_REASONS, type HoldReason, type Pause } from '@gateway-queue/identify-limiter';
import type { HoldView } from '@gateway-queue/identify-queue';
import type { Hold } from './hold.ts';
import {
  explainBudget,
  explainLimiter,
  explainPause,
  explainThrottling,
  explainUnknownLimits,
} from './hold-texts.ts';
import type { HoldRules, Observation, OpenHold } from './observation.ts';

/** What may hold requests of a bot back. It does when requests wait for it; when none does, it may be a hold that lasts. */
export interface Finding extends Omit<Hold, 'since'> {
  /** Undefined when it is not known, and the moment of the first observation counts. */
  readonly since?: number;
  /** Whether the hold is not over, as far as is known, while no request waits. */
  readonly lasts: boolean;
}

/** An observation, with what held before. */
interface Known extends Observation {
  readonly rules: HoldRules;
  readonly open: readonly OpenHold[];
}

/** The same while the limiter's store answers. */
type Answered = Known & { readonly view: NonNullable<Observation['view']> };

/** What may hold for each reason while the limiter's store answers. */
const FINDERS: Readonly<Record<HoldReason, (known: Answered) => readonly Finding[]>> = {
  'limits-unknown': (known) => [findUnknownLimits(known)],
  paused: findPauses,
  budget: findBudget,
  'crash-loop': (known) => [findThrottling(known)],
  'limiter-unavailable': (known) => [findLimiter(known)],
};

/** All that may hold while the limiter's store answers. */
export function findHolds(known: Answered): Finding[] {
  return HOLD_REASONS.flatMap((reason) => FINDERS[reason](known));
}

/** While the store does not answer, it is not known whether what held before is over. */
export function findAway(known: Known): Finding[] {
  const others = known.open.filter(({ reason }) => reason !== 'limiter-unavailable');
  return [...others.map((hold) => keep(hold, known)), findLimiter(known)];
}

function keep(hold: OpenHold, { seen }: Known): Finding {
  return { ...hold, waiting: sum(seen.filter((view) => isOf(hold, view))), lasts: true };
}

function isOf(hold: Hold, { bucket, reason }: HoldView): boolean {
  return reason === hold.reason && (hold.bucket === null || hold.bucket === bucket);
}

function findPauses({ rules: { bot }, seen, view: { limits, pauses } }: Answered): Finding[] {
  const paused = seen.filter(({ reason }) => reason === 'paused');
  const ofBot = pauses.some(({ bucket }) => bucket === null);
  return pauses
    .filter(({ bucket }) => !isDormant(bucket, limits?.maxConcurrency))
    .map((pause) => {
      const { bucket, since, until } = pause;
      // A bucket's pause adds nothing to a pause of the whole bot.
      const held = bucket === null || !ofBot ? paused.filter((line) => covers(pause, line)) : [];
      return {
        bot,
        reason: 'paused',
        bucket,
        since: Math.round(since),
        until: until && Math.round(until),
        waiting: sum(held),
        lasts: true,
        explanation: explainPause(pause),
      };
    });
}

/** Whether the bucket of a pause does not exist at present. */
function isDormant(bucket: number | null, maxConcurrency: number | undefined): boolean {
  return bucket !== null && maxConcurrency !== undefined && bucket >= maxConcurrency;
}

function covers(pause: Pause, { bucket }: HoldView): boolean {
  return pause.bucket === null || pause.bucket === bucket;
}

function findBudget({ rules, seen, view: { limits }, wallNow }: Answered): Finding[] {
  if (limits === undefined) return [];
  const { bot, reserve } = rules;
  const found = seenFor('budget', seen, wallNow);
  const until = limits.resetAt === null ? found.until : Math.round(limits.resetAt);
  return [
    {
      ...found,
      bot,
      until,
      lasts: limits.remaining <= reserve,
      explanation: explainBudget(bot, limits, reserve, until),
    },
  ];
}

function findThrottling({ open, rules, seen, view, wallNow }: Answered): Finding {
  const { bot, crashLoopBelow, placeTtlMs } = rules;
  const found = seenFor('crash-loop', seen, wallNow);
  const before = open.find(({ reason }) => reason === 'crash-loop');
  const until = found.waiting > 0 ? found.until : (before?.until ?? null);
  const { remaining = Infinity, total = 0 } = view.limits ?? {};
  const isOver =
    remaining > total * crashLoopBelow ||
    (until !== null && until <= wallNow) ||
    (before !== undefined && before.seenAt + placeTtlMs <= wallNow);
  return { ...found, bot, until, lasts: !isOver, explanation: explainThrottling(bot, until) };
}

function findUnknownLimits({ rules, seen, view, wallNow }: Answered): Finding {
  const { bot } = rules;
  return {
    ...seenFor('limits-unknown', seen, wallNow),
    bot,
    lasts: view.limits === undefined,
    explanation: explainUnknownLimits(bot),
  };
}

function findLimiter({ limiterError, rules, seen, view, wallNow }: Known): Finding {
  const { bot } = rules;
  return {
    ...seenFor('limiter-unavailable', seen, wallNow),
    bot,
    lasts: view === undefined,
    explanation: explainLimiter(bot, limiterError),
  };
}

/** What the lines of the whole bot say of one reason. */
function seenFor(
  reason: HoldReason,
  seen: readonly HoldView[],
  wallNow: number,
): Pick<Finding, 'reason' | 'bucket' | 'until' | 'waiting'> {
  const views = seen.filter((view) => view.reason === reason);
  const ends = views.map(({ endsInMs }) => endsInMs);
  const until =
    ends.length === 0 || ends.includes(null) ? null : wallNow + Math.max(...ends.map(Number));
  return { reason, bucket: null, until: until && Math.round(until), waiting: sum(views) };
}

function sum(views: readonly HoldView[]): number {
  return views.reduce((total, { waiting }) => total + waiting, 0);
}
