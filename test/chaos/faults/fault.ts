/** A fault, an operator's pause or a change at Discord, while shards wait. */
export type Fault =
  /** SIGKILL, and a new process after `forMs`. */
  | { readonly kind: 'replica killed'; readonly replica: number; readonly forMs: number }
  /** SIGSTOP, and SIGCONT after `forMs`. */
  | { readonly kind: 'replica suspended'; readonly replica: number; readonly forMs: number }
  /** SIGTERM to one replica after the other, and a new process for each. */
  | { readonly kind: 'rolling restart'; readonly gapMs: number }
  | { readonly kind: 'redis killed'; readonly forMs: number }
  | { readonly kind: 'redis suspended'; readonly forMs: number }
  /** Killed, and its last writes are lost. */
  | { readonly kind: 'redis loses data'; readonly lostMs: number; readonly forMs: number }
  /** FLUSHALL. */
  | { readonly kind: 'redis emptied' }
  /** The replica's connections to Redis are reset. */
  | { readonly kind: 'link cut'; readonly replica: number }
  | { readonly kind: 'link refuses'; readonly replica: number; readonly forMs: number }
  | {
      readonly kind: 'link stalls';
      readonly replica: number;
      readonly forMs: number;
      readonly what: 'all' | 'replies';
      /** Whether the connections are then reset, so that stalled bytes are lost. */
      readonly thenCut: boolean;
    }
  | {
      readonly kind: 'link delays';
      readonly replica: number;
      readonly forMs: number;
      readonly byMs: number;
    }
  /** An operator pauses, and lifts the pause after `forMs`. */
  | {
      readonly kind: 'bot paused';
      readonly bot: string;
      readonly bucket: number | null;
      readonly forMs: number;
    }
  /** Discord reports another max_concurrency. */
  | { readonly kind: 'limits change'; readonly bot: string; readonly maxConcurrency: number };

export type FaultKind = Fault['kind'];
