import type {
  Change,
  Denial,
  Limits,
  Pause,
  Permit,
  Starts,
} from '@gateway-queue/identify-limiter';
import { toMilliseconds, toMillisecondsOrNull } from './microseconds.ts';

interface PermitAnswer extends Omit<Permit, 'confirmWithinMs'> {
  readonly confirmWithin: number | null;
}

interface DenialAnswer extends Omit<Denial, 'retryInMs' | 'limits' | 'starts'> {
  readonly retryIn: number | null;
  readonly starts?: StartsAnswer;
  readonly limits?: LimitsAnswer;
}

interface StartsAnswer extends Omit<Starts, 'resetInMs'> {
  readonly resetIn: number | null;
}

interface LimitsAnswer extends Omit<Limits, 'resetInMs' | 'ageMs'> {
  readonly resetIn: number | null;
  readonly age: number;
}

interface PauseAnswer extends Omit<Pause, 'bot' | 'ageMs' | 'endsInMs'> {
  readonly age: number;
  readonly endsIn: number | null;
}

/** What `try-acquire.lua` returns. */
export function toAttemptAnswer(json: string): Permit | Denial {
  const answer = parse<PermitAnswer | DenialAnswer>(json);
  if (answer.granted) {
    const { confirmWithin, ...permit } = answer;
    return { ...permit, confirmWithinMs: toMillisecondsOrNull(confirmWithin) };
  }
  const { retryIn, limits, starts, ...denial } = answer;
  return {
    ...denial,
    retryInMs: toMillisecondsOrNull(retryIn),
    ...(limits && { limits: toLimits(limits) }),
    ...(starts && { starts: toStarts(starts) }),
  };
}

/** What `report.lua` returns, and `limits.lua` of limits that are known. */
export function toLimitsAnswer(json: string): Limits {
  return toLimits(parse<LimitsAnswer>(json));
}

/** What `pauses.lua` returns, the whole bot's first, then by bucket. */
export function toPauses(bot: string, json: string): Pause[] {
  return parse<PauseAnswer[]>(json)
    .map(({ age, endsIn, ...pause }) => ({
      bot,
      ...pause,
      ageMs: toMilliseconds(age),
      endsInMs: toMillisecondsOrNull(endsIn),
    }))
    .toSorted((a, b) => (a.bucket ?? -1) - (b.bucket ?? -1));
}

/** What `announce.lua` publishes. */
export function toChange(json: string): Change {
  return parse<Change>(json);
}

function toStarts({ resetIn, ...starts }: StartsAnswer): Starts {
  return { ...starts, resetInMs: toMillisecondsOrNull(resetIn) };
}

function toLimits({ resetIn, age, ...limits }: LimitsAnswer): Limits {
  return { ...limits, resetInMs: toMillisecondsOrNull(resetIn), ageMs: toMilliseconds(age) };
}

/** Our own scripts wrote it: that is what vouches for `T`. */
function parse<T>(json: string): T {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- JSON is untyped, and typed here once
  return JSON.parse(json) as T;
}
