import { randomUUID } from 'node:crypto';
import type { SnapshotBody } from '../bodies/snapshot.body.ts';
import type { LiveTick } from '../live-state.ts';
import { eventFrame } from './event-frames.ts';

/** How many changes are kept for a reader that reconnects; there is at most one a second. */
const MAX_KEPT = 30;

interface Change {
  readonly version: number;
  readonly frame: Buffer;
}

/** The last changes as events. Each event is serialized once for all readers. */
export class EventHistory {
  /** Distinguishes the versions of this process from those of any other process. */
  readonly #epoch = randomUUID().replaceAll('-', '');
  #changes: Change[] = [];
  #snapshot: SnapshotBody | undefined;
  #snapshotFrame: Buffer | undefined;

  /** Adds a tick. Returns its event; undefined when nothing has changed. */
  add({ snapshot, patch }: LiveTick): Buffer | undefined {
    if (snapshot === this.#snapshot) return undefined;
    this.#snapshot = snapshot;
    this.#snapshotFrame = undefined;
    if (patch === undefined) {
      this.#changes = [];
      return undefined;
    }
    const frame = eventFrame('change', this.#idOf(snapshot.version), patch);
    this.#changes = [...this.#changes, { version: snapshot.version, frame }].slice(-MAX_KEPT);
    return frame;
  }

  /**
   * The events that bring a reader up to date: the changes since the event that it read last, if all of them are kept;
   * else the whole state. Undefined before the first tick.
   *
   * @param lastEventId as the reader sent it, which may be any text
   */
  since(lastEventId: string | undefined): readonly Buffer[] | undefined {
    if (this.#snapshot === undefined) return undefined;
    const read = this.#versionOf(lastEventId);
    const { version } = this.#snapshot;
    const missed = this.#changes.filter((change) => read !== undefined && change.version > read);
    if (read !== undefined && read <= version && missed.length === version - read) {
      return missed.map(({ frame }) => frame);
    }
    this.#snapshotFrame ??= eventFrame('snapshot', this.#idOf(version), this.#snapshot);
    return [this.#snapshotFrame];
  }

  #idOf(version: number): string {
    return `${this.#epoch}-${version}`;
  }

  #versionOf(id: string | undefined): number | undefined {
    const [epoch, version = ''] = id?.split('-') ?? [];
    return epoch === this.#epoch && /^\d+$/.test(version) ? Number(version) : undefined;
  }
}
