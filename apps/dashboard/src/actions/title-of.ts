import { nameOf } from '../api/scope.ts';
import { whoOf } from '../api/waiters.ts';
import type { Action } from './action.ts';

/** The title of the dialog of an action. */
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
