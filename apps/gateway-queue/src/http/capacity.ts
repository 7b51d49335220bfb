/** Descriptors for everything that is no connection of ours: files, Discord, the event loop's own. */
const RESERVED_DESCRIPTORS = 256;

/** Connections beyond those of held requests: probes, operators, and those that are about to be turned away. */
const CONNECTIONS_BESIDE_HELD = 512;

/** How much is taken on at most, so that neither memory nor descriptors run out. */
export class Capacity {
  /** Requests that are held at a time. */
  readonly held: number;
  /** Connections that are open at a time. */
  readonly connections: number;
  /** Whether the descriptors of the process allow less than the settings do. */
  readonly cutByDescriptors: boolean;

  /**
   * @param maxWaiting what the settings allow
   * @param openFiles how many descriptors the process may have
   */
  constructor(maxWaiting: number, openFiles: number) {
    const affordable = openFiles - RESERVED_DESCRIPTORS - CONNECTIONS_BESIDE_HELD;
    this.held = Math.max(Math.min(maxWaiting, affordable), 1);
    this.connections = this.held + CONNECTIONS_BESIDE_HELD;
    this.cutByDescriptors = affordable < maxWaiting;
  }
}
