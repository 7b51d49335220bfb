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
