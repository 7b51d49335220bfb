import type { Clock } from './clock.ts';

/** A wall clock that is off by so many ms has been set, by a person or by a step of NTP. */
const SET_MS = 250;

/**
 * Turns readings of a clock's timeline into moments, in ms since the Unix epoch.
 *
 * The distance between the two is measured once, and again only when the wall clock has been set. So one reading gives
 * the same moment each time, and two readings give moments that are as far apart as they are.
 */
export class Epoch {
  #offset: number;

  constructor(private readonly clock: Pick<Clock, 'now' | 'wallNow'>) {
    this.#offset = this.#measure();
  }

  /** What to add to a reading of the timeline, in ms. */
  get offset(): number {
    const measured = this.#measure();
    if (Math.abs(measured - this.#offset) >= SET_MS) this.#offset = measured;
    return this.#offset;
  }

  /** The moment of a reading of the timeline. */
  momentOf(reading: number): number {
    return reading + this.offset;
  }

  #measure(): number {
    return this.clock.wallNow() - this.clock.now();
  }
}
