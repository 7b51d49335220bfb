import type { Change, Denial, Limits, Permit, Rank, Starts } from '@gateway-queue/identify-limiter';
import { toMilliseconds, toMillisecondsOrNull } from './microseconds.ts';
import { fromRankText } from './rank-text.ts';
import { parseReply } from '../scripts/reply.ts';

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

/** What a replica is told whenever it says that it lives. */
export interface Heartbeat {
  /** Whether it is the one that asks Discord for the bot's limits. */
  readonly leads: boolean;
  /** Since when what it enters is on record; another moment than last time when that was lost since. */
  readonly onRecordSince: number;
}

/** What `heartbeat.lua` returns. */
export function toHeartbeat(reply: unknown): Heartbeat {
  const [leads, since] = Array.isArray(reply) ? reply : [];
  return { leads: leads === 1, onRecordSince: Number(since) };
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

/** What `report.lua` returns, and `limits.lua` of limits that are known. */
export function toLimitsAnswer(reply: unknown): Limits {
  return toLimits(parseReply<LimitsAnswer>(reply));
}

/** What `announce.lua` publishes; undefined of anything else. */
export function toChange(message: string): Change | undefined {
  try {
    const change = parseReply<Change | null>(message);
    return typeof change?.bot === 'string' ? change : undefined;
  } catch {
    return undefined;
  }
}

function toStarts({ resetIn, ...starts }: StartsAnswer): Starts {
  return { ...starts, resetInMs: toMillisecondsOrNull(resetIn) };
}

function toLimits({ resetIn, age, ...limits }: LimitsAnswer): Limits {
  return { ...limits, resetInMs: toMillisecondsOrNull(resetIn), ageMs: toMilliseconds(age) };
}
