import {
  type BotView,
  compareRanks,
  type LimitsView,
  type MarginView,
  type Pause,
  type PermitView,
  type ReplicasView,
  type WaitersView,
} from '@gateway-queue/identify-limiter';
import { NONE } from '../scripts/constants.ts';
import { toMilliseconds, toMoment, toMomentOrNull } from '../scripts/microseconds.ts';
import { listReply, parseReply } from '../scripts/reply.ts';
import { fromRankText } from './rank-text.ts';

interface LimitsAnswer extends Omit<LimitsView, 'resetAt' | 'reportedAt'> {
  readonly resetAt: string | null;
  readonly reportedAt: string;
}

interface PauseAnswer extends Omit<Pause, 'bot' | 'since' | 'until'> {
  readonly since: string;
  readonly until: string | null;
}

interface PermitAnswer extends Omit<PermitView, 'grantedAt'> {
  readonly grantedAt: string;
}

interface MarginAnswer {
  readonly margin: number;
  readonly back: string | null;
  readonly refusals: number;
}

/** What `view-bot.lua` returns. @param marginMs what is set */
export function toBotView(bot: string, reply: unknown, marginMs: number): BotView {
  const [now, limits, opensAt, pauses, permits, margin] = listReply(reply);
  return {
    now: toMoment(String(now)),
    limits: limits === null ? undefined : toLimits(parseReply<LimitsAnswer>(limits)),
    opensAt: listReply(opensAt).map((moment) => toMoment(String(moment))),
    pauses: parseReply<PauseAnswer[]>(pauses)
      .map((answer) => pauseOf(bot, answer))
      .toSorted((a, b) => (a.bucket ?? NONE) - (b.bucket ?? NONE)),
    margin: toMargin(parseReply<MarginAnswer>(margin), marginMs),
    permits: parseReply<PermitAnswer[]>(permits).map(toPermit),
  };
}

/** What `pause.lua` returns. */
export function toPause(bot: string, reply: unknown): Pause {
  return pauseOf(bot, parseReply<PauseAnswer>(reply));
}

/** What `list-waiters.lua` returns, in rank order. */
export function toWaiters(reply: unknown): WaitersView {
  const [now, fields] = listReply(reply);
  const waiters = pairs(fields).map(([id, held]) => {
    const [rankText = '', shard, replica = ''] = held.split('|');
    const rank = fromRankText(rankText);
    return {
      id,
      shard: Number(shard) === NONE ? null : Number(shard),
      rank,
      since: rank.joinedAt,
      replica,
    };
  });
  return {
    now: toMoment(String(now)),
    waiters: waiters.toSorted((a, b) => compareRanks(a.rank, b.rank)),
  };
}

/** What `list-replicas.lua` returns. */
export function toReplicas(reply: unknown): ReplicasView {
  const [now, heard] = listReply(reply);
  return {
    now: toMoment(String(now)),
    replicas: pairs(heard).map(([replica, moment]) => ({ replica, heardAt: toMoment(moment) })),
  };
}

function toLimits(answer: LimitsAnswer): LimitsView {
  const { resetAt, reportedAt } = answer;
  return { ...answer, resetAt: toMomentOrNull(resetAt), reportedAt: toMoment(reportedAt) };
}

function toMargin({ back, margin, refusals }: MarginAnswer, setMs: number): MarginView {
  return { ms: toMilliseconds(margin), setMs, backAt: toMomentOrNull(back), refusals };
}

function toPermit({ grantedAt, ...permit }: PermitAnswer): PermitView {
  return { ...permit, grantedAt: toMoment(grantedAt) };
}

function pauseOf(bot: string, answer: PauseAnswer): Pause {
  const { since, until } = answer;
  return { bot, ...answer, since: toMoment(since), until: toMomentOrNull(until) };
}

function pairs(reply: unknown): [string, string][] {
  const flat = listReply(reply).map(String);
  return Array.from({ length: flat.length / 2 }, (_, index) => [
    flat[index * 2] ?? '',
    flat[index * 2 + 1] ?? '',
  ]);
}
