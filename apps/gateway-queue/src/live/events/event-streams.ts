import { Inject, Injectable, Logger, type OnModuleDestroy } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { SessionInUse } from '../../auth/identity.ts';
import { Capacity } from '../../connections/capacity.ts';
import { Draining } from '../../connections/draining.ts';
import { Problem } from '../../http/problem.ts';
import { CLOCK, type Clock, SESSIONS, type Sessions } from '../../store/store.tokens.ts';
import { LiveState, type LiveTick } from '../live-state.ts';
import { BEGINNING, HEARTBEAT } from './event-frames.ts';
import { EventHistory } from './event-history.ts';
import { EventStream, STREAM_HEADERS } from './event-stream.ts';
import { loggedOut } from './logged-out.ts';

/** Less than a minute: proxies close a connection that is silent for longer. */
const HEARTBEAT_MS = 15_000;

/** Time between two checks which sessions are over, in ms: each session costs a read of the store. */
const LOGGED_OUT_MS = 5000;

/** All streams of events: the state when they begin, then its changes. */
@Injectable()
export class EventStreams implements OnModuleDestroy {
  private readonly logger = new Logger(EventStreams.name);
  readonly #streams = new Set<EventStream>();
  readonly #history = new EventHistory();
  #stopWatching: () => void = () => undefined;
  #heartbeatAt = -Infinity;
  #loggedOutAt = -Infinity;
  #closed = false;

  constructor(
    @Inject(LiveState) private readonly live: LiveState,
    @Inject(Draining) private readonly draining: Draining,
    @Inject(SESSIONS) private readonly sessions: Sessions,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(Capacity) private readonly capacity: Pick<Capacity, 'streams'>,
  ) {
    live.onTick((tick) => this.#ticked(tick));
  }

  get size(): number {
    return this.#streams.size;
  }

  /**
   * Answers with a stream of events. From then on this class ends the response.
   *
   * @param lastEventId the event that the reader read last, if it sent one
   * @param session of the reader; the stream ends with it. Null for a reader with a token
   * @throws Problem when there are too many streams, or the service shuts down; the request is not answered then
   */
  open(reply: FastifyReply, lastEventId: string | undefined, session: SessionInUse | null): void {
    if (this.#closed || this.draining.isDraining) throw shuttingDown();
    if (this.#streams.size >= this.capacity.streams) throw tooMany();
    // Fastify routes HEAD to the handler of GET.
    if (reply.request.method === 'HEAD') {
      reply.headers(STREAM_HEADERS).send();
      return;
    }
    const stream = new EventStream(reply, lastEventId, session, (closed) => this.#remove(closed));
    if (this.#streams.size === 0) this.#stopWatching = this.live.watch();
    this.#streams.add(stream);
    stream.write(BEGINNING);
    // Otherwise the tick that begins now greets it.
    if (this.live.current !== undefined) this.#greet(stream);
  }

  /** Ends all streams, so that none holds up the end of the server. */
  onModuleDestroy(): void {
    this.#closed = true;
    this.#endAll();
  }

  #ticked(tick: LiveTick): void {
    const news = this.#history.add(tick);
    if (this.draining.isDraining) {
      this.#endAll();
      return;
    }
    const isHeartbeat = this.clock.now() - this.#heartbeatAt >= HEARTBEAT_MS;
    if (isHeartbeat) this.#heartbeatAt = this.clock.now();
    const wallNow = this.clock.wallNow();
    for (const stream of this.#streams) {
      if (stream.isSlow()) this.#drop(stream);
      else if (stream.session !== null && stream.session.expiresAt <= wallNow) this.#end(stream);
      else {
        if (isHeartbeat) stream.write(HEARTBEAT);
        if (!stream.isGreeted) this.#greet(stream);
        else if (news !== undefined) stream.write(news);
      }
    }
    void this.#endLoggedOut();
  }

  async #endLoggedOut(): Promise<void> {
    if (this.clock.now() - this.#loggedOutAt < LOGGED_OUT_MS) return;
    this.#loggedOutAt = this.clock.now();
    for (const stream of await loggedOut(this.#streams, this.sessions)) {
      if (this.#streams.has(stream)) this.#end(stream);
    }
  }

  #greet(stream: EventStream): void {
    stream.greet((lastEventId) => this.#history.since(lastEventId));
  }

  #drop(stream: EventStream): void {
    this.logger.debug('A reader of events was dropped, for it does not read them');
    stream.drop();
    this.#remove(stream);
  }

  #end(stream: EventStream): void {
    stream.end();
    this.#remove(stream);
  }

  #endAll(): void {
    for (const stream of this.#streams) this.#end(stream);
  }

  #remove(stream: EventStream): void {
    if (this.#streams.delete(stream) && this.#streams.size === 0) this.#stopWatching();
  }
}

/** @returns the answer to a reader for which there is no stream left */
export function tooMany(): Problem {
  return Problem.of(
    'too-many-streams',
    'This replica has as many streams of events open as it may. Close some, or ask again later.',
  );
}

export function shuttingDown(): Problem {
  return Problem.of('draining', 'This replica shuts down. Ask again, over a new connection.');
}
