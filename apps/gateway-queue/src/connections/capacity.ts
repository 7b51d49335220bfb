/** Descriptors for everything that is no connection of ours: files, Discord, the event loop's own. */
const RESERVED_DESCRIPTORS = 256;

/** Connections beyond those of held requests: probes, operators, and those that are about to be turned away. */
const CONNECTIONS_BESIDE_HELD = 512;

const STREAMS_SHARE = 0.75;

/** How much is taken on at most, so that neither memory nor descriptors run out. */
export class Capacity {
  /** Requests that are held at a time. */
  readonly held: number;
  /** Of the connections beyond those, how many may be streams of events; the others are for probes and operators. */
  readonly streams: number;
  /** Connections that are open at a time. */
  readonly connections: number;
  /** Whether the descriptors of the process allow less than the settings do. */
  readonly cutByDescriptors: boolean;

  /**
   * @param maxWaiting what the settings allow
   * @param openFiles how many descriptors the process may have
   * @throws TooFewFilesError when that is too few to serve anybody
   */
  constructor(maxWaiting: number, openFiles: number) {
    const affordable = openFiles - RESERVED_DESCRIPTORS;
    // Of few connections, half are for those who are not held.
    const beside = Math.min(CONNECTIONS_BESIDE_HELD, Math.floor(affordable / 2));
    if (beside < 1) throw new TooFewFilesError(openFiles);
    this.held = Math.min(maxWaiting, affordable - beside);
    this.streams = Math.floor(beside * STREAMS_SHARE);
    this.connections = this.held + beside;
    this.cutByDescriptors = this.held < maxWaiting;
  }
}

/** The process may not open enough files. The message says in words what helps. */
export class TooFewFilesError extends Error {
  override readonly name = 'TooFewFilesError';

  constructor(openFiles: number) {
    super(
      `This process may open ${openFiles} files, which is too few to serve anybody; ` +
        `raise its limit (ulimit -n) to ${RESERVED_DESCRIPTORS + CONNECTIONS_BESIDE_HELD} and one for each request to be held.`,
    );
  }
}
