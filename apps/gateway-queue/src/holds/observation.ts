import type { BotView } from '@gateway-queue/identify-limiter';
import type { HoldView } from '@gateway-queue/identify-queue';
import type { Hold } from './hold.ts';

/** The rules of a bot by which a hold lasts while no request waits. */
export interface HoldRules {
  readonly bot: string;
  /** Session starts that are never handed out. */
  readonly reserve: number;
  /** Throttling works once no more than this share of the session starts is left. */
  readonly crashLoopBelow: number;
  /** For so long, in ms, a shard that left may come back to its place. */
  readonly placeTtlMs: number;
}

/** What is known of a bot at one moment. */
export interface Observation {
  /** What holds its waiters back here. */
  readonly seen: readonly HoldView[];
  /** What the limiter says; undefined while its store does not answer. */
  readonly view: Pick<BotView, 'limits' | 'pauses'> | undefined;
  /** Why the limiter's store does not answer; null when it does. */
  readonly limiterError: string | null;
  /** In ms since the Unix epoch. */
  readonly wallNow: number;
}

/** A hold, and what tells whether it lasts. */
export interface OpenHold extends Hold {
  /** When it last held back a request, in ms since the Unix epoch. */
  readonly seenAt: number;
}
