/** The one place in the page that looks at a clock: ms since the Unix epoch, as this machine has it. */
export function wallNow(): number {
  return Date.now();
}
