/**
 * Text in which any value can be kept: neither a NUL nor half of a surrogate pair, which stores lose or replace, is in it.
 *
 * @throws TypeError of what is not JSON
 */
export function toJsonText(value: unknown): string {
  const text: string | undefined = JSON.stringify(value);
  if (text === undefined) throw new TypeError(`${typeof value} cannot be written as JSON`);
  return text;
}

/** What {@link toJsonText} wrote: that only this package writes to its stores is what vouches for `T`. */
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- what it is called for
export function fromJsonText<T>(text: string): T {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- JSON is untyped, and typed here once
  return JSON.parse(text) as T;
}
