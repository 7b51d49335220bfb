/** From the port's ms: the scripts count in whole microseconds. */
export function toMicroseconds(ms: number): number {
  return Math.round(ms * 1000);
}

/** From the scripts' microseconds. */
export function toMilliseconds(microseconds: number): number {
  return microseconds / 1000;
}

/** {@link toMilliseconds}, or null. */
export function toMillisecondsOrNull(microseconds: number | null): number | null {
  return microseconds === null ? null : toMilliseconds(microseconds);
}

/** A moment in ms since the Unix epoch, from the scripts' text of it in microseconds. */
export function toMoment(text: string): number {
  return toMilliseconds(Number(text));
}

/** {@link toMoment}, or null. */
export function toMomentOrNull(text: string | null): number | null {
  return text === null ? null : toMoment(text);
}
