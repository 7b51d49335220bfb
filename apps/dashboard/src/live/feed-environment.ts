import type { Snapshot } from '../api/schemas.ts';

/** The callbacks of a stream of events. */
export interface StreamListener {
  readonly onOpen: () => void;
  readonly onSnapshot: (snapshot: Snapshot) => void;
  readonly onChange: (patch: object) => void;
  /** The connection broke or could not be made. Close the stream, because the browser may reconnect by itself. */
  readonly onBroken: () => void;
}

/** An open stream. It calls nothing back after it is closed. */
export interface OpenStream {
  readonly close: () => void;
}

/** What a feed needs from the browser; a test replaces it. */
export interface FeedEnvironment {
  readonly openStream: (listener: StreamListener) => OpenStream;
  /** Whether there is no session; false if the check fails. */
  readonly isSignedOut: () => Promise<boolean>;
  /** @returns the function that cancels the timer */
  readonly setTimer: (callback: () => void, delayMs: number) => () => void;
  /** The time in ms since the Unix epoch. */
  readonly now: () => number;
  /** A random number from 0 to 1. */
  readonly random: () => number;
}
