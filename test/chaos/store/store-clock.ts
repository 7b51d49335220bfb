interface Sample {
  readonly onStore: number;
  /** What is to be taken off a moment on the store's clock. */
  readonly offset: number;
  /** Ms; the offset is as wrong as half of it at most. */
  readonly roundTripMs: number;
}

/** Clocks go apart: only samples this near count. */
const NEAR_MS = 30_000;

/** Where a moment of the store's clock is on the line of this process's. */
export class ClockLine {
  readonly #samples: Sample[] = [];

  /** The store said that it was `onStore`, at some moment between the two. */
  sample(onStore: number, askedAt: number, answeredAt: number): void {
    const offset = onStore - (askedAt + answeredAt) / 2;
    this.#samples.push({ onStore, offset, roundTripMs: answeredAt - askedAt });
  }

  /** By the best of the samples that were taken around that moment. */
  toHere(onStore: number): number {
    let best: Sample | undefined;
    for (const sample of this.#samples) {
      if (Math.abs(sample.onStore - onStore) > NEAR_MS) continue;
      if (best === undefined || sample.roundTripMs < best.roundTripMs) best = sample;
    }
    return onStore - (best ?? this.#samples.at(-1) ?? { offset: Number.NaN }).offset;
  }
}
