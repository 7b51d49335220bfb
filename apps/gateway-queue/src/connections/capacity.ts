/** Descriptors for everything but clients' connections: files, Discord, the event loop. */
const RESERVED_DESCRIPTORS = 256;

/** Connections beyond those of held requests: for probes, for operators, and for requests to be turned away. */
const CONNECTIONS_BESIDE_HELD = 512;

/** The share of those connections that streams of events may use. The others stay free for probes and operators. */
const STREAMS_SHARE = 0.75;

/** How many requests and connections the process accepts, so that neither memory nor descriptors run out. */
export class Capacity {
  /** How many requests are held at a time. */
  readonly held: number;
  /** How many streams of events may be open at a time. */
  readonly streams: number;
  /** How many connections may be open at a time. */
  readonly connections: number;
  /** Whether the descriptors of the process allow less than the settings do. */
  readonly cutByDescriptors: boolean;

  /**
   * @param maxWaiting how many requests the settings allow to be held
   * @param openFiles how many descriptors the process may have
   * @throws TooFewFilesError when that is too few to serve any request
   */
  constructor(maxWaiting: number, openFiles: number) {
    const affordable = openFiles - RESERVED_DESCRIPTORS;
    // With few descriptors, half of the connections are for held requests.
    const beside = Math.min(CONNECTIONS_BESIDE_HELD, Math.floor(affordable / 2));
    if (beside < 1) throw new TooFewFilesError(openFiles);
    this.held = Math.min(maxWaiting, affordable - beside);
    this.streams = Math.floor(beside * STREAMS_SHARE);
    this.connections = this.held + beside;
    this.cutByDescriptors = this.held < maxWaiting;
  }
}

/** The process may not open enough files. The message says what helps. */
export class TooFewFilesError extends Error {
  override readonly name = 'TooFewFilesError';

  constructor(openFiles: number) {
    super(
      `This process may open ${openFiles} files, which is too few to serve any request; ` +
        `raise its limit (ulimit -n) to ${RESERVED_DESCRIPTORS + CONNECTIONS_BESIDE_HELD} and one for each request to be held.`,
    );
  }
}
