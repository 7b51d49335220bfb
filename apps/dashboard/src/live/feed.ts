import type { Snapshot } from '../api/schemas.ts';
import { backoffMs } from './backoff.ts';
import type { FeedMessage, FeedState } from './feed-message.ts';
import type { FeedSurroundings, OpenStream } from './feed-surroundings.ts';
import { patchSnapshot } from './patch-snapshot.ts';

/**
 * How long it may be silent, in ms. While the store answers, replicas report each second, and so each second brings a
 * change; while it does not, nothing may change for long.
 */
const MOST_SILENT_MS = 5000;
const MOST_SILENT_WITHOUT_STORE_MS = 60_000;

/**
 * The live state from one stream of events. Browsers give up for good when a stream is answered with anything but
 * success, and never notice one that died without a word; this tries again until there is no session.
 */
export class Feed {
  #stream: OpenStream | undefined;
  #state: FeedState = { kind: 'connecting' };
  #snapshot: Snapshot | undefined;
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

  /** What brings somebody up to now who comes later. */
  get greeting(): readonly FeedMessage[] {
    const state = { kind: 'state', state: this.#state } as const;
    if (this.#snapshot === undefined) return [state];
    return [{ kind: 'snapshot', snapshot: this.#snapshot, heardAt: this.#heardAt }, state];
  }

  /** Connects, unless that is being done. */
  start(): void {
    if (this.#isStarted) return;
    this.#isStarted = true;
    this.#setState({ kind: 'connecting' });
    this.#open();
  }

  /** Ends the connection and all tries, and forgets what was heard. */
  stop(): void {
    this.#isStarted = false;
    this.#close();
    this.#failures = 0;
    this.#snapshot = undefined;
    this.#state = { kind: 'connecting' };
  }

  #open(): void {
    this.#close();
    this.#stream = this.#surroundings.openStream({
      onOpen: () => this.#opened(),
      onSnapshot: (snapshot) => this.#took(snapshot),
      onChange: (patch) => this.#patched(patch),
      onBroken: () => this.#broke(),
      onClosed: () => void this.#gaveUp(),
    });
    this.#watch();
  }

  #close(): void {
    this.#stopTimer();
    this.#stream?.close();
    this.#stream = undefined;
  }

  /**
   * A connection that was made brings nothing yet: a proxy may make it and deliver nothing. Only without a store there may
   * be nothing to be said, and what was heard last holds.
   */
  #opened(): void {
    if (this.#snapshot?.limiter.available === false) this.#heard();
  }

  #took(snapshot: Snapshot): void {
    this.#snapshot = snapshot;
    this.#heard();
    this.#tell({ kind: 'snapshot', snapshot, heardAt: this.#heardAt });
  }

  #patched(patch: object): void {
    if (this.#snapshot === undefined) return;
    this.#snapshot = patchSnapshot(this.#snapshot, patch);
    this.#heard();
    this.#tell({ kind: 'change', patch, heardAt: this.#heardAt });
  }

  #heard(): void {
    this.#heardAt = this.#surroundings.now();
    this.#failures = 0;
    if (this.#state.kind !== 'live') this.#setState({ kind: 'live' });
    this.#watch();
  }

  #broke(): void {
    if (this.#state.kind === 'live') this.#setState({ kind: 'stale', since: this.#heardAt });
  }

  async #gaveUp(): Promise<void> {
    this.#close();
    this.#broke();
    const isSignedOut = await this.#surroundings.isSignedOut();
    if (!this.#isStarted || this.#stream !== undefined) return;
    if (isSignedOut) {
      this.stop();
      this.#setState({ kind: 'signed-out' });
      return;
    }
    this.#failures += 1;
    const delayMs = backoffMs(this.#failures, this.#surroundings.random());
    this.#stopTimer();
    this.#stopTimer = this.#surroundings.setTimer(() => this.#open(), delayMs);
  }

  /** Opens another stream when this one says nothing for too long. */
  #watch(): void {
    const hasStore = this.#snapshot?.limiter.available ?? true;
    const silentMs = hasStore ? MOST_SILENT_MS : MOST_SILENT_WITHOUT_STORE_MS;
    this.#stopTimer();
    this.#stopTimer = this.#surroundings.setTimer(() => {
      if (hasStore) this.#broke();
      this.#open();
    }, silentMs);
  }

  #setState(state: FeedState): void {
    this.#state = state;
    this.#tell({ kind: 'state', state });
  }
}
