import { compareRanks, type Rank } from '@gateway-queue/identify-limiter';
import type { BotData } from './data.ts';

/** Makes the rank the replica's head. Returns whether others wait there, and its head before that ranked first. */
export function setHead(bot: BotData, bucket: number, replica: string, rank: Rank): boolean {
  const heads = bot.heads.get(bucket) ?? new Map<string, Rank>();
  const before = heads.get(replica);
  bot.heads.set(bucket, heads.set(replica, rank));
  return before !== undefined && compareRanks(before, rank) < 0 && heads.size > 1;
}

/** Returns whether there was one, and others wait there. */
export function withdrawHead(bot: BotData, bucket: number, replica: string): boolean {
  const heads = bot.heads.get(bucket);
  return heads !== undefined && heads.delete(replica) && heads.size > 0;
}

export function otherHeads(bot: BotData, bucket: number, replica: string): Rank[] {
  const heads = Array.from(bot.heads.get(bucket) ?? []);
  return heads.flatMap(([owner, rank]) => (owner === replica ? [] : [rank]));
}

/** Whether more than one replica has a head anywhere. */
export function haveSeveralHeads(bot: BotData): boolean {
  const owners = Array.from(bot.heads.values()).flatMap((heads) => Array.from(heads.keys()));
  return new Set(owners).size > 1;
}

/** Takes all heads of a replica back. */
export function withdrawAll(bot: BotData, replica: string): void {
  for (const heads of bot.heads.values()) heads.delete(replica);
}
