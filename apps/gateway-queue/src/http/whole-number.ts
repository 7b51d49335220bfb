/** What a valid whole number in a query is, as the end of a sentence that begins with the parameter's name. */
export function wholeNumberRule(min: number, max: number): string {
  return `must be given once, as a whole number in digits, from ${min} to ${max}`;
}

/** Reads a number from `min` to `max` in digits; undefined for any other value. */
export function parseWholeNumber(text: unknown, min: number, max: number): number | undefined {
  if (typeof text !== 'string' || !/^\d{1,16}$/.test(text)) return undefined;
  const number = Number(text);
  return number >= min && number <= max ? number : undefined;
}
