import type { FastifyReply } from 'fastify';
import type { SessionInUse } from '../../auth/identity.ts';

/**
 * How much may lie unread for one reader, in bytes; what is written out for all lies there once for all. What it is greeted
 * with may be more, as long as it gets less.
 */
const MAX_UNREAD_BYTES = 1024 * 1024;

/** What a stream is answered with, beside what others have set. */
export const STREAM_HEADERS = {
  'content-type': 'text/event-stream',
  'cache-control': 'no-store',
  // nginx would gather what is sent.
  'x-accel-buffering': 'no',
  // Once it ends there is nothing to be left idle when the service shuts down.
  connection: 'close',
} as const;

/** One reader's connection. */
export class EventStream {
  /** What the reader says it read last, until it has been brought up to now. */
  #lastEventId: string | undefined;
  #isGreeted = false;
  #mayLieUnread = MAX_UNREAD_BYTES;
  readonly #response: FastifyReply['raw'];
  readonly #socket: FastifyReply['request']['raw']['socket'];
  readonly #onClosed: () => void;

  /**
   * Answers with a stream of events.
   *
   * @param session what it ends with; null for nothing
   * @param onClosed called once, when the connection is gone
   */
  constructor(
    reply: FastifyReply,
    lastEventId: string | undefined,
    readonly session: SessionInUse | null,
    onClosed: (stream: EventStream) => void,
  ) {
    reply.hijack();
    this.#response = reply.raw;
    this.#socket = reply.request.raw.socket;
    this.#lastEventId = lastEventId;
    this.#onClosed = () => onClosed(this);
    // Of the connection itself: a pipelined response whose turn has not come does not hear of its end.
    this.#socket.once('close', this.#onClosed);
    for (const [name, value] of Object.entries({ ...reply.getHeaders(), ...STREAM_HEADERS })) {
      if (value !== undefined) this.#response.setHeader(name, value);
    }
  }

  /** Whether it has been brought up to now, and wants nothing but what is new. */
  get isGreeted(): boolean {
    return this.#isGreeted;
  }

  /** Whether too much lies unread, and no less than when this was asked last. To be asked once a tick. */
  isSlow(): boolean {
    const unread = this.#response.writableLength;
    if (unread > this.#mayLieUnread) return true;
    this.#mayLieUnread = Math.max(MAX_UNREAD_BYTES, unread - 1);
    return false;
  }

  /** @param framesSince gives what brings a reader up to now; undefined when that is not known yet */
  greet(framesSince: (lastEventId: string | undefined) => readonly Buffer[] | undefined): void {
    const frames = framesSince(this.#lastEventId);
    if (frames === undefined) return;
    this.#isGreeted = true;
    this.#lastEventId = undefined;
    for (const frame of frames) this.write(frame);
    this.#mayLieUnread = Math.max(MAX_UNREAD_BYTES, this.#response.writableLength);
  }

  write(frame: Buffer): void {
    this.#response.write(frame);
  }

  /** Ends it in good order, after all that was written. */
  end(): void {
    this.#socket.off('close', this.#onClosed);
    this.#response.end();
  }

  /** Ends the connection, and forgets what lies unread. */
  drop(): void {
    this.#socket.off('close', this.#onClosed);
    this.#socket.destroy();
  }
}
