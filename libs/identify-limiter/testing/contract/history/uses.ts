import type { LimiterHarness } from '../harness.ts';
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
 * Follows until when each permit may be used. After a reboot a pending one has what was left of its time when the
 * limiter last wrote, unless that was over by then.
 */
export class Uses implements Watcher {
  readonly #uses = new Map<string, Use>();

  /** @param harness whose time for a confirm may be another after a restart */
  constructor(private readonly harness: Pick<LimiterHarness, 'rules'>) {}

  see(event: Event): void {
    const { at } = event;
    if (event.kind === 'answered' && event.answer.granted) {
      const { confirmTimeoutMs } = this.harness.rules;
      const confirmBy = event.attempt.confirm ? exactly(at + confirmTimeoutMs) : undefined;
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
    for (const [id, use] of this.#uses) {
      const { confirmBy, confirmedAt } = use;
      if (confirmBy === undefined || confirmBy.latest <= writtenAt) continue;
      const { earliest, latest } = confirmBy;
      const span = {
        earliest: earliest > endedAt ? at + earliest - endedAt : earliest,
        latest: at + latest - writtenAt,
      };
      const usedBy = confirmedAt === undefined ? span : use.usedBy;
      this.#uses.set(id, { confirmBy: span, confirmedAt, usedBy });
    }
  }
}

function exactly(at: number): Span {
  return { earliest: at, latest: at };
}
