import type { FaultKind } from './history/event.ts';
import type { Outcome } from './outcome.ts';

/** Adds up the outcomes of many seeds. */
export class Summary {
  #seeds = 0;
  #permits = 0;
  #violations = 0;
  #minSpareMs = Infinity;
  #minGapMs = Infinity;
  #maxLatenessMs = -Infinity;
  readonly #faults = new Map<FaultKind, number>();

  get violations(): number {
    return this.#violations;
  }

  add({ minGapMs, minSpareMs, maxLatenessMs, permits, faults, violations }: Outcome): void {
    this.#seeds += 1;
    this.#permits += permits;
    this.#violations += violations.length;
    this.#minSpareMs = Math.min(this.#minSpareMs, minSpareMs);
    this.#minGapMs = Math.min(this.#minGapMs, minGapMs);
    this.#maxLatenessMs = Math.max(this.#maxLatenessMs, maxLatenessMs);
    for (const [what, count] of faults) {
      this.#faults.set(what, (this.#faults.get(what) ?? 0) + count);
    }
  }

  toString(): string {
    const faults = Array.from(this.#faults).toSorted(([, a], [, b]) => b - a);
    const lines: [string, string][] = [
      ['seeds', String(this.#seeds)],
      ['permits granted', String(this.#permits)],
      ['least time between permits, beyond the required', `${this.#minSpareMs.toFixed(3)} ms`],
      ['least gap after a confirmed IDENTIFY', `${this.#minGapMs.toFixed(3)} ms`],
      ['latest permit without faults', `${this.#maxLatenessMs.toFixed(3)} ms`],
      ...faults.map(([what, count]): [string, string] => [`  ${what}`, String(count)]),
      ['violations', String(this.#violations)],
    ];
    return lines.map(([name, value]) => `${name.padEnd(50)} ${value}`).join('\n');
  }
}
