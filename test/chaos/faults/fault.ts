/** Something that goes wrong, or changes, while shards wait. */
export type Fault =
  /** SIGKILL, and a new process after so long. */
  | { readonly kind: 'replica killed'; readonly replica: number; readonly forMs: number }
  /** SIGSTOP, and SIGCONT after so long. */
  | { readonly kind: 'replica suspended'; readonly replica: number; readonly forMs: number }
  /** SIGTERM to one after the other, and a new process in its place. */
  | { readonly kind: 'rolling restart'; readonly gapMs: number }
  | { readonly kind: 'redis killed'; readonly forMs: number }
  | { readonly kind: 'redis suspended'; readonly forMs: number }
  /** Killed, and the last that it wrote is gone. */
  | { readonly kind: 'redis loses data'; readonly lostMs: number; readonly forMs: number }
  /** FLUSHALL */
  | { readonly kind: 'redis emptied' }
  /** The replica's connections to Redis break off. */
  | { readonly kind: 'link cut'; readonly replica: number }
  | { readonly kind: 'link refuses'; readonly replica: number; readonly forMs: number }
  | {
      readonly kind: 'link stalls';
      readonly replica: number;
      readonly forMs: number;
      readonly what: 'all' | 'replies';
      /** What was held up is lost. */
      readonly thenCut: boolean;
    }
  | {
      readonly kind: 'link delays';
      readonly replica: number;
      readonly forMs: number;
      readonly byMs: number;
    }
  /** By an operator, who lifts it after so long. */
  | {
      readonly kind: 'bot paused';
      readonly bot: string;
      readonly bucket: number | null;
      readonly forMs: number;
    }
  /** At Discord. */
  | { readonly kind: 'limits change'; readonly bot: string; readonly maxConcurrency: number };

export type FaultKind = Fault['kind'];
