import type {
  Attempt,
  Denial,
  Entry,
  Limits,
  LimitsReport,
  PauseOrder,
  PauseScope,
  Permit,
  Rank,
} from '@gateway-queue/identify-limiter';

/** What was asked of a limiter and what it answered. */
export type Happening =
  | {
      readonly kind: 'entered';
      readonly entry: Entry;
      readonly rank: Rank;
      readonly marginMs: number;
    }
  | { readonly kind: 'left'; readonly bot: string; readonly rank: Rank }
  | { readonly kind: 'withdrew'; readonly replica: string; readonly scope: PauseScope }
  | {
      readonly kind: 'answered';
      readonly replica: string;
      readonly attempt: Attempt;
      readonly answer: Permit | Denial;
    }
  | { readonly kind: 'repeated'; readonly attempt: Attempt; readonly answer: Permit | Denial }
  | { readonly kind: 'confirmed'; readonly permit: Permit; readonly done: boolean }
  | { readonly kind: 'released'; readonly permit: Permit; readonly done: boolean }
  | { readonly kind: 'paused'; readonly order: PauseOrder }
  | { readonly kind: 'resumed'; readonly scope: PauseScope; readonly lifted: boolean }
  | {
      readonly kind: 'reported';
      readonly bot: string;
      readonly report: LimitsReport;
      readonly limits: Limits;
    }
  | {
      readonly kind: 'restarted';
      readonly rebooted: boolean;
      /** When the replicas ended. */
      readonly endedAt: number;
      /** When the limiter certainly wrote last. */
      readonly writtenAt: number;
    }
  | { readonly kind: 'read'; readonly bot: string; readonly limits: Limits | undefined };

/** The same, with the time by the test's own count, which restarts and reboots do not disturb. */
export type Event = Happening & { readonly at: number };

/** Follows a history and throws at the event that breaks the promise it watches. */
export interface Watcher {
  see(event: Event): void;
}

/** @throws Error with the text when the promise does not hold */
export function promised(holds: boolean, text: string): void {
  if (!holds) throw new Error(text);
}

export function keyOf(scope: PauseScope): string {
  return JSON.stringify([scope.bot, scope.bucket]);
}
