import type { Snapshot } from '../api/schemas.ts';
import { backoffMs } from './backoff.ts';
import { ClockOffset } from './clock-offset.ts';
import type { FeedMessage, FeedState } from './feed-message.ts';
import type { FeedEnvironment, OpenStream } from './feed-environment.ts';
import { patchSnapshot } from './patch-snapshot.ts';

/** The deadline for opening a stream, in ms. */
const MAX_OPENING_MS = 5000;

/** The deadline for the whole state with which a stream begins, in ms from the opening: a large state takes long over a slow line. */
const MAX_SNAPSHOT_MS = 30_000;

/**
 * A stream that is silent for longer than this counts as broken, in ms. While the store answers, replicas report each second,
 * so a change comes each second. Without the store there may be no change for long.
 */
const MAX_SILENT_MS = 5000;
const MAX_SILENT_WITHOUT_STORE_MS = 60_000;

/**
 * The live state from one stream of events. A browser gives up for good when a stream gets an error status, and never notices
 * a connection that died silently. The feed reconnects in both cases, until there is no session.
 */
export class Feed {
  #stream: OpenStream | undefined;
  #state: FeedState = { kind: 'connecting' };
  #snapshot: Snapshot | undefined;
  #clock = new ClockOffset();
  /** When the last message arrived; before the first message, when the feed started. */
  #receivedAt = 0;
  #failures = 0;
  #isStarted = false;
  #stopTimer: () => void = () => undefined;
  readonly #environment: FeedEnvironment;
  readonly #send: (message: FeedMessage) => void;

  constructor(environment: FeedEnvironment, send: (message: FeedMessage) => void) {
    this.#environment = environment;
    this.#send = send;
  }

  /** The state of the stream, as a message. */
  get stateMessage(): FeedMessage {
    return { kind: 'state', state: this.#state };
  }

  /** The messages that bring a new follower up to date. */
  get initialMessages(): readonly FeedMessage[] {
    const state = this.stateMessage;
    if (this.#snapshot === undefined) return [state];
    const { aheadMs } = this.#clock;
    return [{ kind: 'snapshot', snapshot: this.#snapshot, aheadMs }, state];
  }

  /** Connects. Has no effect on a started feed. */
  start(): void {
    if (this.#isStarted) return;
    this.#isStarted = true;
    this.#receivedAt = this.#environment.now();
    this.#setState({ kind: 'connecting' });
    this.#open();
  }

  /** Ends the connection and all tries, and drops the state. */
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
    this.#stream = this.#environment.openStream({
      onOpen: () => this.#onOpen(),
      onSnapshot: (snapshot) => this.#onSnapshot(snapshot),
      onChange: (patch) => this.#onChange(patch),
      onBroken: () => void this.#onBroken(),
    });
    this.#wait(MAX_OPENING_MS, () => void this.#onBroken());
  }

  #close(): void {
    this.#stopTimer();
    this.#stream?.close();
    this.#stream = undefined;
  }

  /** An open connection is not live before its first message: a proxy may accept it and deliver nothing. */
  #onOpen(): void {
    this.#wait(MAX_SILENT_MS, () => {
      this.#markLost();
      this.#wait(MAX_SNAPSHOT_MS - MAX_SILENT_MS, () => void this.#onBroken());
    });
  }

  #onSnapshot(snapshot: Snapshot): void {
    this.#receive(snapshot, true);
    this.#send({ kind: 'snapshot', snapshot, aheadMs: this.#clock.aheadMs });
  }

  #onChange(patch: object): void {
    if (this.#snapshot === undefined) return;
    this.#receive(patchSnapshot(this.#snapshot, patch), false);
    this.#send({ kind: 'change', patch, aheadMs: this.#clock.aheadMs });
  }

  /** @param isFirst whether it is the first of this stream */
  #receive(snapshot: Snapshot, isFirst: boolean): void {
    this.#snapshot = snapshot;
    this.#receivedAt = this.#environment.now();
    this.#clock.learn(snapshot, this.#receivedAt, isFirst);
    this.#failures = 0;
    if (this.#state.kind !== 'live') this.#setState({ kind: 'live' });
    if (snapshot.limiter.available) this.#wait(MAX_SILENT_MS, () => void this.#onBroken());
    // A new stream begins with a message, so opening one shows whether the service is still there.
    else this.#wait(MAX_SILENT_WITHOUT_STORE_MS, () => this.#open());
  }

  #markLost(): void {
    const since = this.#receivedAt;
    if (this.#state.kind === 'live') this.#setState({ kind: 'stale', since });
    if (this.#state.kind === 'connecting') this.#setState({ kind: 'unreachable', since });
  }

  /** Reconnects with a growing delay, or gives up if there is no session. */
  async #onBroken(): Promise<void> {
    this.#close();
    this.#markLost();
    const isSignedOut = await this.#environment.isSignedOut();
    if (!this.#isStarted || this.#stream !== undefined) return;
    if (isSignedOut) {
      this.stop();
      this.#setState({ kind: 'signed-out' });
      return;
    }
    this.#failures += 1;
    this.#wait(backoffMs(this.#failures, this.#environment.random()), () => this.#open());
  }

  /** Calls back after the delay, unless another wait begins before. */
  #wait(delayMs: number, callback: () => void): void {
    this.#stopTimer();
    this.#stopTimer = this.#environment.setTimer(callback, delayMs);
  }

  #setState(state: FeedState): void {
    this.#state = state;
    this.#send({ kind: 'state', state });
  }
}
