/** The time by this machine's clock, in ms since the Unix epoch. No other file reads the clock. */
export function wallNow(): number {
  return Date.now();
}
