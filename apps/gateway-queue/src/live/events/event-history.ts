import { randomUUID } from 'node:crypto';
import type { SnapshotBody } from '../bodies/snapshot.body.ts';
import type { LiveTick } from '../live-state.ts';
import { eventFrame } from './event-frames.ts';

/** How many changes are kept for who was away for a moment; there is at most one a second. */
const MAX_KEPT = 30;

interface Change {
  readonly version: number;
  readonly frame: Buffer;
}

/** The last changes as events, each of them written out once, however many read it. */
export class EventHistory {
  /** Tells this process's versions from those of any other, before or beside it. */
  readonly #epoch = randomUUID().replaceAll('-', '');
  #changes: Change[] = [];
  #snapshot: SnapshotBody | undefined;
  #snapshotFrame: Buffer | undefined;

  /** Takes in a tick. Returns the event that it makes; undefined when nothing has changed. */
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
   * What brings a reader up to now: what it has missed since the event that it read last, if all that is still kept;
   * else the whole state. Undefined while nothing is known.
   *
   * @param lastEventId as the reader says; anything may stand in it
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
