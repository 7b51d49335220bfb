import type { Snapshot } from '../api/schemas.ts';
import { backoffMs } from './backoff.ts';
import { ClockOffset } from './clock-offset.ts';
import type { FeedMessage, FeedState } from './feed-message.ts';
import type { FeedSurroundings, OpenStream } from './feed-surroundings.ts';
import { patchSnapshot } from './patch-snapshot.ts';

/** How long a stream may take to be opened, in ms. */
const MAX_OPENING_MS = 5000;

/** How long the whole state, with which each begins, may take from then on, in ms: over a slow line a large one does. */
const MAX_GREETING_MS = 30_000;

/**
 * How long it may be silent, in ms. While the store answers, replicas report each second, and so each second brings a
 * change; while it does not, nothing may change for long.
 */
const MAX_SILENT_MS = 5000;
const MAX_SILENT_WITHOUT_STORE_MS = 60_000;

/**
 * The live state from one stream of events. Browsers give up for good when a stream is answered with anything but
 * success, and never notice one that died without a word; this tries again until there is no session.
 */
export class Feed {
  #stream: OpenStream | undefined;
  #state: FeedState = { kind: 'connecting' };
  #snapshot: Snapshot | undefined;
  #clock = new ClockOffset();
  /** When something was heard last; until then, when it was begun to listen. */
  #heardAt = 0;
  #failures = 0;
  #isStarted = false;
  #stopTimer: () => void = () => undefined;
  readonly #surroundings: FeedSurroundings;
  readonly #tell: (message: FeedMessage) => void;

  constructor(surroundings: FeedSurroundings, tell: (message: FeedMessage) => void) {
    this.#surroundings = surroundings;
    this.#tell = tell;
  }

  /** How the stream fares. */
  get stateMessage(): FeedMessage {
    return { kind: 'state', state: this.#state };
  }

  /** What brings somebody up to now who comes later. */
  get greeting(): readonly FeedMessage[] {
    const state = this.stateMessage;
    if (this.#snapshot === undefined) return [state];
    const { aheadMs } = this.#clock;
    return [{ kind: 'snapshot', snapshot: this.#snapshot, aheadMs }, state];
  }

  /** Connects, unless that is being done. */
  start(): void {
    if (this.#isStarted) return;
    this.#isStarted = true;
    this.#heardAt = this.#surroundings.now();
    this.#setState({ kind: 'connecting' });
    this.#open();
  }

  /** Ends the connection and all tries, and forgets what was heard. */
  stop(): void {
    this.#isStarted = false;
    this.#close();
    this.#failures = 0;
    this.#snapshot = undefined;
    this.#clock = new ClockOffset();
    this.#state = { kind: 'connecting' };
  }

  #open(): void {
    this.#close();
    this.#stream = this.#surroundings.openStream({
      onOpen: () => this.#opened(),
      onSnapshot: (snapshot) => this.#took(snapshot),
      onChange: (patch) => this.#patched(patch),
      onBroken: () => void this.#broke(),
    });
    this.#wait(MAX_OPENING_MS, () => void this.#broke());
  }

  #close(): void {
    this.#stopTimer();
    this.#stream?.close();
    this.#stream = undefined;
  }

  /** A connection that was made brings nothing yet: a proxy may make it and deliver nothing. */
  #opened(): void {
    this.#wait(MAX_SILENT_MS, () => {
      this.#lost();
      this.#wait(MAX_GREETING_MS - MAX_SILENT_MS, () => void this.#broke());
    });
  }

  #took(snapshot: Snapshot): void {
    this.#heard(snapshot, true);
    this.#tell({ kind: 'snapshot', snapshot, aheadMs: this.#clock.aheadMs });
  }

  #patched(patch: object): void {
    if (this.#snapshot === undefined) return;
    this.#heard(patchSnapshot(this.#snapshot, patch), false);
    this.#tell({ kind: 'change', patch, aheadMs: this.#clock.aheadMs });
  }

  /** @param isFirst whether it is the first of this stream */
  #heard(snapshot: Snapshot, isFirst: boolean): void {
    this.#snapshot = snapshot;
    this.#heardAt = this.#surroundings.now();
    this.#clock.learn(snapshot, this.#heardAt, isFirst);
    this.#failures = 0;
    if (this.#state.kind !== 'live') this.#setState({ kind: 'live' });
    if (snapshot.limiter.available) this.#wait(MAX_SILENT_MS, () => void this.#broke());
    // Whether there is anything at the other end is asked with another stream, which begins with something.
    else this.#wait(MAX_SILENT_WITHOUT_STORE_MS, () => this.#open());
  }

  #lost(): void {
    const since = this.#heardAt;
    if (this.#state.kind === 'live') this.#setState({ kind: 'stale', since });
    if (this.#state.kind === 'connecting') this.#setState({ kind: 'unreachable', since });
  }

  /** Tries again, later each time, unless there is no session. */
  async #broke(): Promise<void> {
    this.#close();
    this.#lost();
    const isSignedOut = await this.#surroundings.isSignedOut();
    if (!this.#isStarted || this.#stream !== undefined) return;
    if (isSignedOut) {
      this.stop();
      this.#setState({ kind: 'signed-out' });
      return;
    }
    this.#failures += 1;
    this.#wait(backoffMs(this.#failures, this.#surroundings.random()), () => this.#open());
  }

  /** Calls back when nothing else comes before. */
  #wait(delayMs: number, callback: () => void): void {
    this.#stopTimer();
    this.#stopTimer = this.#surroundings.setTimer(callback, delayMs);
  }

  #setState(state: FeedState): void {
    this.#state = state;
    this.#tell({ kind: 'state', state });
  }
}
