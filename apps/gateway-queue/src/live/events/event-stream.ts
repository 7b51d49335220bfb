import type { FastifyReply } from 'fastify';
import type { SessionInUse } from '../../auth/identity.ts';

/**
 * How many unread bytes one reader may have; the buffers themselves are shared by all readers. The first events may be
 * more, as long as the unread rest shrinks.
 */
const MAX_UNREAD_BYTES = 1024 * 1024;

/** The headers of a stream, beside those of the service. */
export const STREAM_HEADERS = {
  'content-type': 'text/event-stream',
  'cache-control': 'no-store',
  // nginx would buffer the events.
  'x-accel-buffering': 'no',
  // No idle connection is left when the service shuts down.
  connection: 'close',
} as const;

/** One reader's connection. */
export class EventStream {
  /** The event that the reader read last, by its own account; until it is up to date. */
  #lastEventId: string | undefined;
  #isGreeted = false;
  #mayLieUnread = MAX_UNREAD_BYTES;
  readonly #response: FastifyReply['raw'];
  readonly #socket: FastifyReply['request']['raw']['socket'];
  readonly #onClosed: () => void;

  /**
   * Answers with a stream of events.
   *
   * @param session the stream ends with it; null for a stream without a session
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
    // On the connection itself: a pipelined response whose turn has not come gets no `close`.
    this.#socket.once('close', this.#onClosed);
    for (const [name, value] of Object.entries({ ...reply.getHeaders(), ...STREAM_HEADERS })) {
      if (value !== undefined) this.#response.setHeader(name, value);
    }
  }

  /** Whether the reader is up to date, so that it needs only new events. */
  get isGreeted(): boolean {
    return this.#isGreeted;
  }

  /** Whether too much is unread, and no less than at the last call. Call it once a tick. */
  isSlow(): boolean {
    const unread = this.#response.writableLength;
    if (unread > this.#mayLieUnread) return true;
    this.#mayLieUnread = Math.max(MAX_UNREAD_BYTES, unread - 1);
    return false;
  }

  /** Brings the reader up to date. @param framesSince the events for that; undefined before the first tick */
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

  /** Ends the stream after all that was written. */
  end(): void {
    this.#socket.off('close', this.#onClosed);
    this.#response.end();
  }

  /** Destroys the connection with all that is unread. */
  drop(): void {
    this.#socket.off('close', this.#onClosed);
    this.#socket.destroy();
  }
}
