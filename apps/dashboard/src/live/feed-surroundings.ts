import type { Snapshot } from '../api/schemas.ts';

/** What a stream of events calls back. */
export interface StreamListener {
  readonly onOpen: () => void;
  readonly onSnapshot: (snapshot: Snapshot) => void;
  readonly onChange: (patch: object) => void;
  /** The connection broke, or could not be made. It is to be closed: the browser may connect anew by itself. */
  readonly onBroken: () => void;
}

/** A stream that was opened; nothing is called back once it is closed. */
export interface OpenStream {
  readonly close: () => void;
}

/** What a feed stands on. */
export interface FeedSurroundings {
  readonly openStream: (listener: StreamListener) => OpenStream;
  /** Whether there is no session; false when that cannot be told. */
  readonly isSignedOut: () => Promise<boolean>;
  /** @returns what calls it off */
  readonly setTimer: (callback: () => void, delayMs: number) => () => void;
  /** Ms since the Unix epoch. */
  readonly now: () => number;
  /** From 0 to 1. */
  readonly random: () => number;
}
