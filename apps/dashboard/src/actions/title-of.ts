import { nameOf } from '../shell/pauses-of.ts';
import type { Action } from './action.ts';

/** What the dialog of an action is called. */
export function titleOf(action: Action): string {
  switch (action.kind) {
    case 'pause':
      return `Pause ${nameOf(action.scope)}`;
    case 'resume':
      return `Resume ${nameOf(action.scope)}`;
    case 'refresh':
      return `Ask Discord for the limits of bot ${action.bot}`;
    case 'override':
      return `Override the limits of bot ${action.bot}`;
    case 'evict':
      return `Evict ${whoOf(action.waiter)} of bot ${action.bot}`;
  }
}

/** One who waits, in words. */
export function whoOf({ shard }: { readonly shard?: number }): string {
  return shard === undefined ? 'a request that names no shard' : `shard ${shard}`;
}
