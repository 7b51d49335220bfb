/** The scripts count in whole microseconds, the port in milliseconds. */
export function toMicroseconds(ms: number): number {
  return Math.round(ms * 1000);
}

export function toMilliseconds(microseconds: number): number {
  return microseconds / 1000;
}

/** The same of what may be null. */
export function toMillisecondsOrNull(microseconds: number | null): number | null {
  return microseconds === null ? null : toMilliseconds(microseconds);
}

/** A moment as the scripts write it: microseconds since the epoch, as text. */
export function toMoment(text: string): number {
  return toMilliseconds(Number(text));
}

/** The same of one that may be null. */
export function toMomentOrNull(text: string | null): number | null {
  return text === null ? null : toMoment(text);
}
