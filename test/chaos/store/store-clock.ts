interface Sample {
  readonly onStoreClock: number;
  /** The store's clock minus the local clock. */
  readonly offset: number;
  /** In ms. The offset is wrong by half of this at most. */
  readonly roundTripMs: number;
}

/** Only samples this near to a moment count, because clocks drift. */
const NEAR_MS = 30_000;

/** Converts moments of the store's clock to the clock of this process. */
export class StoreClock {
  readonly #samples: Sample[] = [];

  /** Adds a reading of the store's clock that was taken between these two moments. */
  sample(onStoreClock: number, askedAt: number, answeredAt: number): void {
    const offset = onStoreClock - (askedAt + answeredAt) / 2;
    this.#samples.push({ onStoreClock, offset, roundTripMs: answeredAt - askedAt });
  }

  /** The same moment on this process's clock, by the quickest sample near it. */
  toLocal(onStoreClock: number): number {
    let best: Sample | undefined;
    for (const sample of this.#samples) {
      if (Math.abs(sample.onStoreClock - onStoreClock) > NEAR_MS) continue;
      if (best === undefined || sample.roundTripMs < best.roundTripMs) best = sample;
    }
    return onStoreClock - (best ?? this.#samples.at(-1) ?? { offset: Number.NaN }).offset;
  }
}
