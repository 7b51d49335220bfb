import type { RestBehaviour } from './rest-behaviour.ts';

/*
 * Everything that reached the fake. All times are ms on the line of monotonicNow(). `bot` is the bot's
 * name, undefined until the connection has sent a known token. `connection` counts from 1.
 */

export interface RestEntry {
  readonly kind: 'rest';
  readonly at: number;
  readonly method: string;
  readonly path: string;
  readonly bot: string | undefined;
  /** Undefined when it was turned down before any behaviour came into it. */
  readonly behaviour: RestBehaviour['kind'] | undefined;
  /** Undefined when there was no answer. */
  readonly status: number | undefined;
}

export interface ConnectEntry {
  readonly kind: 'connect';
  readonly at: number;
  readonly connection: number;
}

export interface IdentifyEntry {
  readonly kind: 'identify';
  readonly connection: number;
  readonly bot: string | undefined;
  /** -1 when it was not to be read. */
  readonly shard: number;
  readonly count: number;
  /** The rate limit key at that moment; -1 when it never came to that. */
  readonly key: number;
  /** When it came to the fake's socket. */
  readonly receivedAt: number;
  /** When the gateway judged it: after the network's delay. */
  readonly judgedAt: number;
  /** The time between the two. */
  readonly networkDelayMs: number;
  readonly outcome:
    | 'accepted'
    | 'too-early'
    | 'budget'
    | 'wrong-token'
    | 'invalid-shard'
    | 'already-identified';
}

export interface ResumeEntry {
  readonly kind: 'resume';
  readonly at: number;
  readonly connection: number;
  readonly bot: string | undefined;
  readonly accepted: boolean;
}

export interface CloseEntry {
  readonly kind: 'close';
  readonly at: number;
  readonly connection: number;
  readonly bot: string | undefined;
  /** Close code; 1006 when the connection broke off. */
  readonly code: number;
  readonly by: 'client' | 'gateway';
}

/** The budget was overrun: Discord ends all sessions of the bot and makes its token void. */
export interface TokenResetEntry {
  readonly kind: 'token-reset';
  readonly at: number;
  readonly bot: string;
}

export type LogEntry =
  | RestEntry
  | ConnectEntry
  | IdentifyEntry
  | ResumeEntry
  | CloseEntry
  | TokenResetEntry;
