import type { Event, Watcher } from './event.ts';

/** Between which moments something lies; they are the same when it is known. */
export interface Span {
  readonly earliest: number;
  readonly latest: number;
}

/** What is known of when a permit was used. */
export interface Use {
  /** By when it has, or had, to be confirmed; undefined when it need not be. */
  readonly confirmBy: Span | undefined;
  readonly confirmedAt: number | undefined;
  /** The end of the time in which it may be used. */
  readonly usedBy: Span;
}

/**
 * Follows until when each permit may be used. After a reboot one that is awaited has the whole time for its
 * confirm again, unless that was over when the limiter last wrote.
 */
export class Uses implements Watcher {
  readonly #uses = new Map<string, Use>();

  constructor(private readonly confirmTimeoutMs: number) {}

  see(event: Event): void {
    const { at } = event;
    if (event.kind === 'answered' && event.answer.granted) {
      const confirmBy = event.attempt.confirm ? exactly(at + this.confirmTimeoutMs) : undefined;
      const usedBy = confirmBy ?? exactly(at);
      this.#uses.set(event.answer.id, { confirmBy, confirmedAt: undefined, usedBy });
    }
    if (event.kind === 'confirmed' && event.done) this.#confirm(event.permit.id, at);
    if (event.kind === 'restarted' && event.rebooted) this.#awaitAgain(event);
  }

  of(id: string): Use {
    const use = this.#uses.get(id);
    if (use === undefined) throw new Error(`no permit ${id} was given`);
    return use;
  }

  #confirm(id: string, at: number): void {
    const use = this.of(id);
    if (use.confirmedAt !== undefined) return;
    this.#uses.set(id, { ...use, confirmedAt: at, usedBy: exactly(at) });
  }

  #awaitAgain({ at, endedAt, writtenAt }: Event & { kind: 'restarted' }): void {
    const again = at + this.confirmTimeoutMs;
    for (const [id, use] of this.#uses) {
      const { confirmBy, confirmedAt } = use;
      if (confirmBy === undefined || confirmedAt !== undefined) continue;
      if (confirmBy.latest <= writtenAt) continue;
      const earliest = confirmBy.earliest > endedAt ? again : confirmBy.earliest;
      const span = { earliest, latest: again };
      this.#uses.set(id, { confirmBy: span, confirmedAt, usedBy: span });
    }
  }
}

function exactly(at: number): Span {
  return { earliest: at, latest: at };
}
