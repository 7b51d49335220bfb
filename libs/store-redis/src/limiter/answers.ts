import type {
  Denial,
  Heartbeat,
  Limits,
  Permit,
  Rank,
  Starts,
} from '@gateway-queue/identify-limiter';
import { toMilliseconds, toMillisecondsOrNull } from '../scripts/microseconds.ts';
import { listReply, parseReply } from '../scripts/reply.ts';
import { fromRankText } from './rank-text.ts';

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

interface LimitsAnswer extends Omit<Limits, 'resetInMs'> {
  readonly resetIn: number | null;
}

/** What `heartbeat.lua` returns. */
export function toHeartbeat(reply: unknown): Heartbeat {
  const [leads, since] = listReply(reply);
  return { leads: leads === 1, onRecordSince: toMilliseconds(Number(since)) };
}

/** What `enter.lua` returns. */
export function toRanks(reply: unknown): Rank[] {
  return parseReply<string[]>(reply).map(fromRankText);
}

/** What `try-acquire.lua` returns. */
export function toAttemptAnswer(reply: unknown): Permit | Denial {
  const answer = parseReply<PermitAnswer | DenialAnswer>(reply);
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

/** What `set-limits.lua` returns, and `read-limits.lua` when the limits are known. */
export function toLimitsAnswer(reply: unknown): Limits {
  return toLimits(parseReply<LimitsAnswer>(reply));
}

function toStarts({ resetIn, ...starts }: StartsAnswer): Starts {
  return { ...starts, resetInMs: toMillisecondsOrNull(resetIn) };
}

function toLimits({ resetIn, ...limits }: LimitsAnswer): Limits {
  return { ...limits, resetInMs: toMillisecondsOrNull(resetIn) };
}
