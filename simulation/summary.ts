import type { TroubleKind } from './history/event.ts';
import type { Outcome } from './outcome.ts';

/** What many seeds came to. */
export class Summary {
  #seeds = 0;
  #permits = 0;
  #violations = 0;
  #leastSpareMs = Infinity;
  #leastGapMs = Infinity;
  #mostLateMs = -Infinity;
  readonly #troubles = new Map<TroubleKind, number>();

  get violations(): number {
    return this.#violations;
  }

  add({ leastGapMs, leastSpareMs, mostLateMs, permits, troubles, violations }: Outcome): void {
    this.#seeds += 1;
    this.#permits += permits;
    this.#violations += violations.length;
    this.#leastSpareMs = Math.min(this.#leastSpareMs, leastSpareMs);
    this.#leastGapMs = Math.min(this.#leastGapMs, leastGapMs);
    this.#mostLateMs = Math.max(this.#mostLateMs, mostLateMs);
    for (const [what, count] of troubles) {
      this.#troubles.set(what, (this.#troubles.get(what) ?? 0) + count);
    }
  }

  toString(): string {
    const troubles = Array.from(this.#troubles).toSorted(([, a], [, b]) => b - a);
    const lines: [string, string][] = [
      ['seeds', String(this.#seeds)],
      ['permits given', String(this.#permits)],
      ['least time between permits, more than it must be', `${this.#leastSpareMs.toFixed(3)} ms`],
      ['least gap after a confirmed IDENTIFY', `${this.#leastGapMs.toFixed(3)} ms`],
      ['latest permit in quiet times', `${this.#mostLateMs.toFixed(3)} ms`],
      ...troubles.map(([what, count]): [string, string] => [`  ${what}`, String(count)]),
      ['violations', String(this.#violations)],
    ];
    return lines.map(([name, value]) => `${name.padEnd(50)} ${value}`).join('\n');
  }
}
