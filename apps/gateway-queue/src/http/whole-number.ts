/** What is right for a whole number that comes as text. */
export function wholeNumberRule(least: number, most: number): string {
  return `must be given once, as a whole number in digits, from ${least} to ${most}`;
}

/** The number, when the text is one in digits from `least` to `most`; undefined for anything else. */
export function parseWholeNumber(text: unknown, least: number, most: number): number | undefined {
  if (typeof text !== 'string' || !/^\d{1,16}$/.test(text)) return undefined;
  const number = Number(text);
  return number >= least && number <= most ? number : undefined;
}
